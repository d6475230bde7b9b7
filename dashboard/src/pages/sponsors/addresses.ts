/**
 * Ids of programs and lists as parts of an address. An id has dots (`jambi.2027.a1b2`), and an address that ends with a dot in its
 * last part is taken for a file by whoever serves the pages.
 */
export type ProgramPlace = { readonly sponsor: string; readonly program: string }
export type ListPlace = ProgramPlace & { readonly list: string }

export function placeOfProgram(id: string): ProgramPlace {
  const [sponsor = '', program = ''] = id.split('.')
  return { sponsor, program }
}

export function placeOfList(id: string): ListPlace {
  const [sponsor = '', program = '', list = ''] = id.split('.')
  return { sponsor, program, list }
}

export function programIdOf({ sponsor, program }: ProgramPlace): string {
  return `${sponsor}.${program}`
}

export function listIdOf({ sponsor, program, list }: ListPlace): string {
  return `${sponsor}.${program}.${list}`
}
