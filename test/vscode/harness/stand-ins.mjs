// Two native modules of VS Code's server come without a prebuilt binary for Node. Both are optional to its work; these
// take their place, and keep the server's log files readable.

/** For @vscode/spdlog, the log writer. */
export const spdlogStandIn = `
const fs = require('fs');
const path = require('path');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(file) {
    this.file = file;
    this.level = levels.indexOf('info');
    this.stamped = true;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  write(level, message) {
    const line = this.stamped ? new Date().toISOString() + ' [' + level + '] ' + message + '\\n' : message;
    try {
      fs.appendFileSync(this.file, line);
    } catch {
      // the profile may be gone already when the server ends
    }
  }
  setLevel(level) { this.level = level; }
  getLevel() { return this.level; }
  clearFormatters() { this.stamped = false; }
  setPattern() {}
  flush() {}
  drop() {}
}
levels.forEach((level, rank) => {
  Logger.prototype[level] = function (message) {
    if (rank >= this.level) this.write(level, message);
  };
});

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
`;

/** For native-watchdog, which ends a process whose parent is gone. */
export const watchdogStandIn = 'exports.start = () => {};\n';
