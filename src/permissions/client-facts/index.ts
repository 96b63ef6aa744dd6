import type { ClientFact } from "./fact.ts";
import { FILE_FLAG_FACTS } from "./file-flags.ts";
import { HOST_FACTS } from "./hosts.ts";
import { PATH_FACTS } from "./paths.ts";
import { READ_ONLY_FACTS } from "./read-only.ts";
import { UNANALYSED_FACTS } from "./unanalysed.ts";
import { VARIABLE_FACTS } from "./variables.ts";
import { WRAPPER_FACTS } from "./wrappers.ts";

export type { ClientFact } from "./fact.ts";

/**
 * Everything that the client does and no rule says, as questions: the conformance run asks the real client each of
 * them again. The tables stand in one file each, and the matchers read the same tables.
 */
export const CLIENT_FACTS: readonly ClientFact[] = [
  ...READ_ONLY_FACTS,
  ...VARIABLE_FACTS,
  ...WRAPPER_FACTS,
  ...UNANALYSED_FACTS,
  ...PATH_FACTS,
  ...FILE_FLAG_FACTS,
  ...HOST_FACTS,
];
