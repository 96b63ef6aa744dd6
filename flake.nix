{
  description = "The gate on claudeContext: what may Claude do after this change that it could not do before?";

  outputs = { self }: {
    lib = {
      # The version that a claudeContext of today names.
      contextVersion = "2025-01";
      # Any value as plain data, one broken value not hiding the others (nix/eval/extract.nix says how to call it).
      extract = import ./nix/eval/extract.nix;
    };

    templates = {
      default = {
        path = ./templates/repository;
        description = "A repository with a claudeContext of its own";
      };
      organisation = {
        path = ./templates/organisation;
        description = "An organisation's standards: constraints that repositories import";
      };
    };
  };
}
