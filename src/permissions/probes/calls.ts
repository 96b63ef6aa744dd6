import type { Call } from "../../model/permission.ts";

type Parameters = NonNullable<Call["parameters"]>;

export function bash(argument: string, parameters?: Parameters): Call {
  return call("Bash", argument, parameters);
}

export function powerShell(argument: string): Call {
  return call("PowerShell", argument);
}

export function monitor(argument: string): Call {
  return call("Monitor", argument);
}

export function read(path: string): Call {
  return call("Read", path);
}

/** Of a file that is there or not. */
export function edit(path: string): Call {
  return call("Edit", path);
}

/** Of a whole file. */
export function write(path: string): Call {
  return call("Write", path);
}

export function fetchPage(url: string): Call {
  return call("WebFetch", url);
}

/** A tool that rules know by its name alone has no argument. */
export function call(tool: string, argument = "", parameters?: Parameters): Call {
  return parameters === undefined ? { tool, argument } : { tool, argument, parameters };
}
