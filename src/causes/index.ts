export {
  type Attributed,
  attributeCauses,
  type ChangeFacts,
  firstQuestions,
  isSourceEdited,
  type WorldsAtHand,
} from "./attribute.ts";
export { type Answer, type Ask, type Counterfactual, effectOf } from "./counterfactual.ts";
