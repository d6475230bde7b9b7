/**
 * Takes the place of `@smithy/core/event-streams`, which the SDK loads only for an operation that streams events.
 * None of the hub's operations does. A file of its own, because the SDK imports it on demand. Fails loudly when called.
 */
import { leftOut } from './left-out.ts'

export class EventStreamSerde {
  constructor() {
    leftOut('@smithy/core/event-streams')
  }
}

export function eventStreamSerdeProvider(): never {
  return leftOut('@smithy/core/event-streams')
}
