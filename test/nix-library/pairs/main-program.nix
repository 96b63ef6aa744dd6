lib:
let
  # What there is of a package without building it.
  package =
    attrs:
    {
      type = "derivation";
      outPath = "/out";
    }
    // attrs;
  program = attrs: (lib.mainProgram (package attrs)).path;
in
{
  "is the one that the package names" = {
    expr = program {
      pname = "ripgrep";
      name = "ripgrep-14.1.0";
      meta.mainProgram = "rg";
    };
    expected = "/out/bin/rg";
  };
  "is else called like the package" = {
    expr = program {
      pname = "jq";
      name = "jq-1.7";
    };
    expected = "/out/bin/jq";
  };
  "is else called like the package's name without version" = {
    expr = program { name = "jq-1.7"; };
    expected = "/out/bin/jq";
  };
  "is in the output for programs" = {
    expr = program {
      pname = "openssl";
      bin = "/out-bin";
      out = "/out-out";
    };
    expected = "/out-bin/bin/openssl";
  };
  "is in the output that was asked for" = {
    expr = program {
      pname = "openssl";
      outputSpecified = true;
      bin = "/out-bin";
    };
    expected = "/out/bin/openssl";
  };
  "comes with its name and its directory" = {
    expr = lib.mainProgram (package {
      pname = "jq";
    });
    expected = {
      name = "jq";
      path = "/out/bin/jq";
      directory = "/out/bin";
    };
  };
}
