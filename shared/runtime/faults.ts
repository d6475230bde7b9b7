/**
 * Faults, of two kinds by what happens next: `Transient` is tried again, `Defect` is parked and raises an alarm.
 * Thrown; caught in one place per trigger (http.ts, queue.ts, clock.ts). Outcomes and refusals are values, never these.
 * Messages state what was expected and what came, carry a stable code, and hold no personal data.
 */
export class Transient extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Transient'
    this.code = code
  }
}

/** Nothing was written, because the service is asked too often: ask again later. */
export class Throttled extends Transient {
  constructor(message: string, options?: ErrorOptions) {
    super('THROTTLED', message, options)
    this.name = 'Throttled'
  }
}

/** A write that may or may not have happened (timeout, lost connection, 5xx): read back before saying anything. */
export class UnknownOutcome extends Transient {
  constructor(message: string, options?: ErrorOptions) {
    super('UNKNOWN_OUTCOME', message, options)
    this.name = 'UnknownOutcome'
  }
}

export class Defect extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Defect'
    this.code = code
  }
}
