import fc from "fast-check";

/** The same cases in every run, so that a red build means a change; `FC_SEED=$RANDOM npm test` looks for new ones. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261123) });
