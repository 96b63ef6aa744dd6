// Stands in for the package `debug` in the built program.
const silent = Object.assign(() => {}, { enabled: false, extend: () => silent, formatters: {} });
const createDebug = Object.assign(() => silent, {
  formatters: {},
  enable() {},
  disable() {},
  enabled: () => false,
});
export default createDebug;
