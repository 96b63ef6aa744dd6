export { attributeCauses, type ChangeFacts } from "./attribute.ts";
export { countEffects } from "./effects.ts";
