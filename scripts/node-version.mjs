// Checked before anything else is loaded: an older Node cannot even parse some of it. No dependencies, old syntax.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tuneloop needs Node 20.19 or newer, this is ${process.versions.node}. Install Node 24 from https://nodejs.org, then try again.`,
  );
  process.exit(1);
}
