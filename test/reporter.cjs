// Mocha's own report, closed by one plain line that a pipeline can read. Named in .mocharc.json.
const { reporters } = require("mocha");

module.exports = class PlainLastLine extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
  }
};
