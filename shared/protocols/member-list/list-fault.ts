/** Ends the reading of a list from deep inside a parser; read-list.ts turns it into the outcome that it stands for. */
import { LIST_REFUSALS, type ListRefusalCode } from '../../domain/sponsors/member-list.ts'

export class ListFault extends Error {
  readonly code: ListRefusalCode
  constructor(code: ListRefusalCode, options?: ErrorOptions) {
    super(LIST_REFUSALS[code], options)
    this.name = 'ListFault'
    this.code = code
  }
}
