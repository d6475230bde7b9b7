/** A row as it stands in its file, before anybody knows what its columns are. */
import type { ListCell } from '../../domain/sponsors/member-list.ts'

export type RawRow = { readonly line: number; readonly cells: readonly ListCell[] }
