/**
 * Takes the place of `@smithy/core/event-streams`, which the SDK loads only for an operation that streams events.
 * None of the hub's operations does. A file of its own, because the SDK imports it on demand. Fails loudly when called; the
 * one thing that a client does with it while it is made is to hand its settings through.
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

/** The S3 client has one operation that streams events, and prepares its settings for it. */
export function resolveEventStreamSerdeConfig<Settings>(settings: Settings): Settings {
  return settings
}
