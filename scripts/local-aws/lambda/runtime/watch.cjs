// A thread beside the function's code, which no loop of the handler can hold up: it kills the whole group once the
// process takes more memory than the function has, or the local AWS that started it is gone.
const { workerData } = require('node:worker_threads');

setInterval(() => {
  if (process.ppid !== workerData.parent || process.memoryUsage.rss() > workerData.bytes) process.kill(-process.pid, 'SIGKILL');
}, 100);
