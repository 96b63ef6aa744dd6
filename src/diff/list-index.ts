/** `permissions.allow[3]` → `permissions.allow`: where an element stands in its list may change without a reason. */
export function withoutListIndex(path: string): string {
  return path.replace(/\[\d+\](?=$|\.|\[)/g, "");
}
