/**
 * A bounded number of tasks at a time. Promises that no task is begun after one has failed, and that those under way have
 * ended before the failure is thrown: nothing goes on behind the back of an answered event.
 */
export async function inParallel(tasks: readonly (() => Promise<void>)[], limit: number): Promise<void> {
  const failures: unknown[] = []
  let next = 0
  async function lane(): Promise<void> {
    for (let task = tasks[next++]; task && failures.length === 0; task = tasks[next++]) {
      await task().catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, lane))
  if (failures.length > 0) throw failures[0]
}
