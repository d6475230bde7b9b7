/** Loaded before every script that tools/run.mjs starts: when the parent is gone, the script ends as on a signal. */
if (process.channel) {
  // Watching must not keep a finished script alive.
  process.channel.unref()
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}
