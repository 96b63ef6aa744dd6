{
  description = "The gate on claudeContext: what may Claude do after this change that it could not do before?";

  outputs = { self }: {
    # The version that a claudeContext of today names.
    lib.contextVersion = "2025-01";

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
