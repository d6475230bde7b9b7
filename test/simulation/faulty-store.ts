/** Any store as one invocation of a function meets it: slow, throttled, answering too late or never (ports.ts). */
import { call, type FunctionEnvironment, type Invocation } from './ports.ts'

/** Every method is one call that may fail; those of `writes` may have happened all the same. */
export function faultyStore<S extends object>(
  around: FunctionEnvironment,
  invocation: Invocation,
  name: string,
  store: S,
  writes: readonly string[],
): S {
  const methods = Object.entries(store).map(([method, work]) => [
    method,
    (...args: readonly unknown[]) =>
      call(around, invocation, writes.includes(method) ? 'write' : 'read', `${name}.${method}`, async () =>
        work(...args),
      ),
  ])
  return Object.fromEntries(methods) as S
}
