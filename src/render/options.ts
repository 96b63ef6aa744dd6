import type { Report } from "../model/report.ts";

export interface RenderOptions {
  /** Width to lay text out for. */
  columns: number;
  colour: boolean;
}

/** One output format. The functions are pure; none sorts, counts or judges. */
export interface Format {
  /** The whole report, ending in a line break. */
  render(report: Report, options: RenderOptions): string;
  /** The changes and their causes, without a word of judgement. */
  renderChanges(report: Report, options: RenderOptions): string;
  /** What the real client does, call by call. */
  renderProbe(report: Report, options: RenderOptions): string;
}
