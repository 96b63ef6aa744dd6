# What the client takes for each key of its settings, as src/artifacts/settings-shapes.ts has it.
# Written by `npx vitest run test/nix-modules/client-shapes.test.ts -u`; do not edit.
{
  "permissions" = {
    "disableAutoMode" = {
      "kind" = "word";
      "words" = [ "disable" ];
    };
    "blockReadsOutsideWorkingDirectories" = {
      "kind" = "boolean";
    };
    "blockWritesOutsideWorkingDirectories" = {
      "kind" = "boolean";
    };
    "denyInsteadOfPrompting" = {
      "kind" = "boolean";
    };
  };
  "hooks" = {
    "command" = {
      "kind" = "record";
      "keys" = {
        "if" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "statusMessage" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "timeout" = {
          "kind" = "number";
          "integer" = false;
          "least" = null;
          "above" = 0;
          "most" = null;
        };
        "once" = {
          "kind" = "boolean";
        };
        "command" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "args" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "async" = {
          "kind" = "boolean";
        };
        "asyncRewake" = {
          "kind" = "boolean";
        };
        "shell" = {
          "kind" = "word";
          "words" = [ "bash" "powershell" ];
        };
      };
      "required" = [ "command" ];
    };
    "http" = {
      "kind" = "record";
      "keys" = {
        "if" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "statusMessage" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "timeout" = {
          "kind" = "number";
          "integer" = false;
          "least" = null;
          "above" = 0;
          "most" = null;
        };
        "once" = {
          "kind" = "boolean";
        };
        "url" = {
          "kind" = "url";
        };
        "headers" = {
          "kind" = "map";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "allowedEnvVars" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
      };
      "required" = [ "url" ];
    };
    "mcp_tool" = {
      "kind" = "record";
      "keys" = {
        "if" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "statusMessage" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "timeout" = {
          "kind" = "number";
          "integer" = false;
          "least" = null;
          "above" = 0;
          "most" = null;
        };
        "once" = {
          "kind" = "boolean";
        };
        "server" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "tool" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "input" = {
          "kind" = "map";
          "of" = {
            "kind" = "any";
          };
        };
      };
      "required" = [ "server" "tool" ];
    };
    "prompt" = {
      "kind" = "record";
      "keys" = {
        "if" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "statusMessage" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "timeout" = {
          "kind" = "number";
          "integer" = false;
          "least" = null;
          "above" = 0;
          "most" = null;
        };
        "once" = {
          "kind" = "boolean";
        };
        "prompt" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "model" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "continueOnBlock" = {
          "kind" = "boolean";
        };
      };
      "required" = [ "prompt" ];
    };
    "agent" = {
      "kind" = "record";
      "keys" = {
        "if" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "statusMessage" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "timeout" = {
          "kind" = "number";
          "integer" = false;
          "least" = null;
          "above" = 0;
          "most" = null;
        };
        "once" = {
          "kind" = "boolean";
        };
        "prompt" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "model" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
      };
      "required" = [ "prompt" ];
    };
  };
  "sandbox" = {
    "kind" = "record";
    "keys" = {
      "enabled" = {
        "kind" = "boolean";
      };
      "autoAllowBashIfSandboxed" = {
        "kind" = "boolean";
      };
      "allowUnsandboxedCommands" = {
        "kind" = "boolean";
      };
      "failIfUnavailable" = {
        "kind" = "boolean";
      };
      "excludedCommands" = {
        "kind" = "list";
        "of" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
      };
      "enableWeakerNetworkIsolation" = {
        "kind" = "boolean";
      };
      "enableWeakerNestedSandbox" = {
        "kind" = "boolean";
      };
      "allowAppleEvents" = {
        "kind" = "boolean";
      };
      "ignoreViolations" = {
        "kind" = "map";
        "of" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
      };
      "ripgrep" = {
        "kind" = "record";
        "keys" = {
          "command" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
          "args" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
        };
        "required" = [ "command" ];
      };
      "network" = {
        "kind" = "record";
        "keys" = {
          "allowedDomains" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "deniedDomains" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "allowUnixSockets" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "allowMachLookup" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "allowAllUnixSockets" = {
            "kind" = "boolean";
          };
          "allowLocalBinding" = {
            "kind" = "boolean";
          };
          "allowManagedDomainsOnly" = {
            "kind" = "boolean";
          };
          "strictAllowlist" = {
            "kind" = "boolean";
          };
          "httpProxyPort" = {
            "kind" = "number";
            "integer" = false;
            "least" = null;
            "above" = null;
            "most" = null;
          };
          "socksProxyPort" = {
            "kind" = "number";
            "integer" = false;
            "least" = null;
            "above" = null;
            "most" = null;
          };
          "tlsTerminate" = {
            "kind" = "record";
            "keys" = {
              "caCertPath" = {
                "kind" = "text";
                "nonEmpty" = false;
              };
              "caKeyPath" = {
                "kind" = "text";
                "nonEmpty" = false;
              };
            };
            "required" = [  ];
          };
        };
        "required" = [  ];
      };
      "filesystem" = {
        "kind" = "record";
        "keys" = {
          "allowWrite" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "denyWrite" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "allowRead" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "denyRead" = {
            "kind" = "list";
            "of" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "allowManagedReadPathsOnly" = {
            "kind" = "boolean";
          };
          "disabled" = {
            "kind" = "boolean";
          };
        };
        "required" = [  ];
      };
      "credentials" = {
        "kind" = "record";
        "keys" = {
          "files" = {
            "kind" = "list";
            "of" = {
              "kind" = "record";
              "keys" = {
                "path" = {
                  "kind" = "text";
                  "nonEmpty" = false;
                };
                "mode" = {
                  "kind" = "word";
                  "words" = [ "deny" ];
                };
              };
              "required" = [ "path" "mode" ];
            };
          };
          "envVars" = {
            "kind" = "list";
            "of" = {
              "kind" = "record";
              "keys" = {
                "name" = {
                  "kind" = "text";
                  "nonEmpty" = false;
                };
                "mode" = {
                  "kind" = "word";
                  "words" = [ "deny" ];
                };
              };
              "required" = [ "name" "mode" ];
            };
          };
          "allowPlaintextInject" = {
            "kind" = "boolean";
          };
        };
        "required" = [  ];
      };
    };
    "required" = [  ];
  };
  "settings" = {
    "agentPushNotifEnabled" = {
      "kind" = "boolean";
    };
    "allowAllClaudeAiMcps" = {
      "kind" = "boolean";
    };
    "allowClaudeInChromeWithManagedMcp" = {
      "kind" = "boolean";
    };
    "allowManagedHooksOnly" = {
      "kind" = "boolean";
    };
    "allowManagedMcpServersOnly" = {
      "kind" = "boolean";
    };
    "allowManagedPermissionRulesOnly" = {
      "kind" = "boolean";
    };
    "alwaysThinkingEnabled" = {
      "kind" = "boolean";
    };
    "autoCompactEnabled" = {
      "kind" = "boolean";
    };
    "autoMemoryEnabled" = {
      "kind" = "boolean";
    };
    "autoScrollEnabled" = {
      "kind" = "boolean";
    };
    "awaySummaryEnabled" = {
      "kind" = "boolean";
    };
    "axScreenReader" = {
      "kind" = "boolean";
    };
    "channelsEnabled" = {
      "kind" = "boolean";
    };
    "disableAgentView" = {
      "kind" = "boolean";
    };
    "disableAllHooks" = {
      "kind" = "boolean";
    };
    "disableArtifact" = {
      "kind" = "boolean";
    };
    "disableBundledSkills" = {
      "kind" = "boolean";
    };
    "disableClaudeAiConnectors" = {
      "kind" = "boolean";
    };
    "disableRemoteControl" = {
      "kind" = "boolean";
    };
    "disableSideloadFlags" = {
      "kind" = "boolean";
    };
    "disableSkillShellExecution" = {
      "kind" = "boolean";
    };
    "disableWorkflows" = {
      "kind" = "boolean";
    };
    "emojiCompletionEnabled" = {
      "kind" = "boolean";
    };
    "enableAllProjectMcpServers" = {
      "kind" = "boolean";
    };
    "enableArtifact" = {
      "kind" = "boolean";
    };
    "enableWorkflows" = {
      "kind" = "boolean";
    };
    "enforceAvailableModels" = {
      "kind" = "boolean";
    };
    "fastMode" = {
      "kind" = "boolean";
    };
    "fastModePerSessionOptIn" = {
      "kind" = "boolean";
    };
    "fileCheckpointingEnabled" = {
      "kind" = "boolean";
    };
    "forceRemoteSettingsRefresh" = {
      "kind" = "boolean";
    };
    "includeCoAuthoredBy" = {
      "kind" = "boolean";
    };
    "includeGitInstructions" = {
      "kind" = "boolean";
    };
    "inputNeededNotifEnabled" = {
      "kind" = "boolean";
    };
    "isolatePeerMachines" = {
      "kind" = "boolean";
    };
    "prefersReducedMotion" = {
      "kind" = "boolean";
    };
    "remoteControlAtStartup" = {
      "kind" = "boolean";
    };
    "respectGitignore" = {
      "kind" = "boolean";
    };
    "respondToBashCommands" = {
      "kind" = "boolean";
    };
    "showClearContextOnPlanAccept" = {
      "kind" = "boolean";
    };
    "showThinkingSummaries" = {
      "kind" = "boolean";
    };
    "showTurnDuration" = {
      "kind" = "boolean";
    };
    "skipAutoPermissionPrompt" = {
      "kind" = "boolean";
    };
    "skipDangerousModePermissionPrompt" = {
      "kind" = "boolean";
    };
    "skipWebFetchPreflight" = {
      "kind" = "boolean";
    };
    "spinnerTipsEnabled" = {
      "kind" = "boolean";
    };
    "syntaxHighlightingDisabled" = {
      "kind" = "boolean";
    };
    "terminalProgressBarEnabled" = {
      "kind" = "boolean";
    };
    "useAutoModeDuringPlan" = {
      "kind" = "boolean";
    };
    "verbose" = {
      "kind" = "boolean";
    };
    "voiceEnabled" = {
      "kind" = "boolean";
    };
    "wheelScrollAccelerationEnabled" = {
      "kind" = "boolean";
    };
    "workflowKeywordTriggerEnabled" = {
      "kind" = "boolean";
    };
    "wslInheritsWindowsSettings" = {
      "kind" = "boolean";
    };
    "advisorModel" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "agent" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "apiKeyHelper" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "autoMemoryDirectory" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "awsAuthRefresh" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "awsCredentialExport" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "claudeMd" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "gcpAuthRefresh" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "language" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "minimumVersion" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "otelHeadersHelper" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "outputStyle" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "plansDirectory" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "pluginTrustMessage" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "prUrlTemplate" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "processWrapper" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "requiredMaximumVersion" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "requiredMinimumVersion" = {
      "kind" = "text";
      "nonEmpty" = false;
    };
    "allowedHttpHookUrls" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "availableModels" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "claudeMdExcludes" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "companyAnnouncements" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "disabledMcpjsonServers" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "enabledMcpjsonServers" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "fallbackModel" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "httpHookAllowedEnvVars" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "pluginSuggestionMarketplaces" = {
      "kind" = "list";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "allowedChannelPlugins" = {
      "kind" = "list";
      "of" = {
        "kind" = "record";
        "keys" = {
          "plugin" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
          "marketplace" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "required" = [ "plugin" "marketplace" ];
      };
    };
    "allowedMcpServers" = {
      "kind" = "list";
      "of" = {
        "kind" = "any";
      };
    };
    "attribution" = {
      "kind" = "record";
      "keys" = {
        "commit" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "pr" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "sessionUrl" = {
          "kind" = "boolean";
        };
      };
      "required" = [  ];
    };
    "autoMode" = {
      "kind" = "record";
      "keys" = {
        "allow" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "soft_deny" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "hard_deny" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "environment" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "classifyAllShell" = {
          "kind" = "boolean";
        };
      };
      "required" = [  ];
    };
    "autoUpdatesChannel" = {
      "kind" = "word";
      "words" = [ "stable" "latest" ];
    };
    "blockedMarketplaces" = {
      "kind" = "list";
      "of" = {
        "kind" = "either";
        "shapes" = [ {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "github" ];
            };
            "repo" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "repo" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "git" ];
            };
            "url" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "url" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "url" ];
            };
            "url" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "url" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "npm" ];
            };
            "package" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "package" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "file" ];
            };
            "path" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "path" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "directory" ];
            };
            "path" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "path" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "hostPattern" ];
            };
            "hostPattern" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "hostPattern" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "pathPattern" ];
            };
            "pathPattern" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "pathPattern" ];
        } ];
      };
    };
    "cleanupPeriodDays" = {
      "kind" = "number";
      "integer" = true;
      "least" = 1;
      "above" = null;
      "most" = null;
    };
    "defaultShell" = {
      "kind" = "word";
      "words" = [ "bash" "powershell" ];
    };
    "deniedMcpServers" = {
      "kind" = "list";
      "of" = {
        "kind" = "any";
      };
    };
    "disableAutoMode" = {
      "kind" = "word";
      "words" = [ "disable" ];
    };
    "disableDeepLinkRegistration" = {
      "kind" = "word";
      "words" = [ "disable" ];
    };
    "enabledPlugins" = {
      "kind" = "map";
      "of" = {
        "kind" = "either";
        "shapes" = [ {
          "kind" = "boolean";
        } {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        } ];
      };
    };
    "extraKnownMarketplaces" = {
      "kind" = "map";
      "of" = {
        "kind" = "any";
      };
    };
    "feedbackSurveyRate" = {
      "kind" = "number";
      "integer" = false;
      "least" = 0;
      "above" = null;
      "most" = 1;
    };
    "fileSuggestion" = {
      "kind" = "record";
      "keys" = {
        "type" = {
          "kind" = "word";
          "words" = [ "command" ];
        };
        "command" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
      };
      "required" = [ "type" "command" ];
    };
    "forceLoginOrgUUID" = {
      "kind" = "either";
      "shapes" = [ {
        "kind" = "list";
        "of" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
      } {
        "kind" = "text";
        "nonEmpty" = false;
      } ];
    };
    "managedSourcesBehavior" = {
      "kind" = "word";
      "words" = [ "first-wins" "merge" ];
    };
    "modelOverrides" = {
      "kind" = "map";
      "of" = {
        "kind" = "text";
        "nonEmpty" = false;
      };
    };
    "parentSettingsBehavior" = {
      "kind" = "word";
      "words" = [ "first-wins" "merge" ];
    };
    "pluginConfigs" = {
      "kind" = "map";
      "of" = {
        "kind" = "record";
        "keys" = {
          "options" = {
            "kind" = "map";
            "of" = {
              "kind" = "any";
            };
          };
          "mcpServers" = {
            "kind" = "map";
            "of" = {
              "kind" = "any";
            };
          };
        };
        "required" = [  ];
      };
    };
    "policyHelper" = {
      "kind" = "record";
      "keys" = {
        "path" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "timeoutMs" = {
          "kind" = "number";
          "integer" = true;
          "least" = 1000;
          "above" = null;
          "most" = null;
        };
        "refreshIntervalMs" = {
          "kind" = "either";
          "shapes" = [ {
            "kind" = "number";
            "integer" = true;
            "least" = 0;
            "above" = null;
            "most" = 0;
          } {
            "kind" = "number";
            "integer" = true;
            "least" = 60000;
            "above" = null;
            "most" = null;
          } ];
        };
      };
      "required" = [ "path" ];
    };
    "skillListingBudgetFraction" = {
      "kind" = "number";
      "integer" = false;
      "least" = null;
      "above" = 0;
      "most" = 1;
    };
    "skillListingMaxDescChars" = {
      "kind" = "number";
      "integer" = true;
      "least" = 1;
      "above" = null;
      "most" = null;
    };
    "skillOverrides" = {
      "kind" = "map";
      "of" = {
        "kind" = "word";
        "words" = [ "on" "name-only" "user-invocable-only" "off" ];
      };
    };
    "spinnerTipsOverride" = {
      "kind" = "record";
      "keys" = {
        "excludeDefault" = {
          "kind" = "boolean";
        };
        "tips" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
      };
      "required" = [ "tips" ];
    };
    "spinnerVerbs" = {
      "kind" = "record";
      "keys" = {
        "mode" = {
          "kind" = "word";
          "words" = [ "append" "replace" ];
        };
        "verbs" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
      };
      "required" = [ "mode" "verbs" ];
    };
    "sshConfigs" = {
      "kind" = "list";
      "of" = {
        "kind" = "record";
        "keys" = {
          "id" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
          "name" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
          "sshHost" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "required" = [ "id" "name" "sshHost" ];
      };
    };
    "strictKnownMarketplaces" = {
      "kind" = "list";
      "of" = {
        "kind" = "either";
        "shapes" = [ {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "github" ];
            };
            "repo" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "repo" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "git" ];
            };
            "url" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "url" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "url" ];
            };
            "url" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "url" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "npm" ];
            };
            "package" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "package" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "file" ];
            };
            "path" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "path" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "directory" ];
            };
            "path" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "path" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "hostPattern" ];
            };
            "hostPattern" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "hostPattern" ];
        } {
          "kind" = "record";
          "keys" = {
            "source" = {
              "kind" = "word";
              "words" = [ "pathPattern" ];
            };
            "pathPattern" = {
              "kind" = "text";
              "nonEmpty" = false;
            };
          };
          "required" = [ "source" "pathPattern" ];
        } ];
      };
    };
    "statusLine" = {
      "kind" = "record";
      "keys" = {
        "type" = {
          "kind" = "word";
          "words" = [ "command" ];
        };
        "command" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
        "padding" = {
          "kind" = "number";
          "integer" = false;
          "least" = 0;
          "above" = null;
          "most" = null;
        };
        "refreshInterval" = {
          "kind" = "number";
          "integer" = false;
          "least" = 0;
          "above" = null;
          "most" = null;
        };
        "hideVimModeIndicator" = {
          "kind" = "boolean";
        };
      };
      "required" = [ "type" "command" ];
    };
    "subagentStatusLine" = {
      "kind" = "record";
      "keys" = {
        "type" = {
          "kind" = "word";
          "words" = [ "command" ];
        };
        "command" = {
          "kind" = "text";
          "nonEmpty" = false;
        };
      };
      "required" = [ "type" "command" ];
    };
    "tui" = {
      "kind" = "word";
      "words" = [ "fullscreen" "default" ];
    };
    "voice" = {
      "kind" = "record";
      "keys" = {
        "enabled" = {
          "kind" = "boolean";
        };
        "autoSubmit" = {
          "kind" = "boolean";
        };
        "mode" = {
          "kind" = "word";
          "words" = [ "hold" "tap" ];
        };
      };
      "required" = [  ];
    };
    "workflowSizeGuideline" = {
      "kind" = "word";
      "words" = [ "unrestricted" "small" "medium" "large" ];
    };
    "worktree" = {
      "kind" = "record";
      "keys" = {
        "sparsePaths" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "symlinkDirectories" = {
          "kind" = "list";
          "of" = {
            "kind" = "text";
            "nonEmpty" = false;
          };
        };
        "baseRef" = {
          "kind" = "word";
          "words" = [ "fresh" "head" ];
        };
      };
      "required" = [  ];
    };
  };
}
