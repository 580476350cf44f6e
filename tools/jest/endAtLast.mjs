// Global teardown: a suite whose tests left something alive says so and ends, instead of waiting for it for ever.
// The timer keeps nothing alive itself; a suite that is done ends before it.
const seconds = 30
export default function endAtLast() {
  setTimeout(() => {
    console.error(
      `jest is still alive ${seconds} s after its last test: a test left a process, a socket or a timer behind`,
    )
    process.exit(1)
  }, seconds * 1000).unref()
}
