/**
 * The compiler on the scratch tree: syntax trees, and whether a change is one that the compiler refuses.
 *
 * A mutant that does not compile is noticed before any test, so it is not counted at all. Complaints that something is
 * no longer used or reached do not count as refused: the program would run.
 */
import { join } from 'node:path'
import { API, type Project } from 'typescript/unstable/sync'
import { editsOf } from './edits.ts'
import type { Mutant } from './mutant.ts'

const UNUSED_OR_UNREACHED = new Set([6133, 6138, 6192, 6196, 6198, 6199, 7027, 7028])

export type Compiler = {
  readonly mutantsOf: (file: string) => Mutant[]
  /** Of the file as it is written now. */
  readonly refuses: (file: string) => boolean
  /** Whether any other file complains about it as it is written now: some seconds, so asked of survivors only. */
  readonly refusesElsewhere: (file: string) => boolean
  readonly close: () => void
}

/** Throws when the project does not open. */
export function openCompiler(root: string): Compiler {
  const api = new API({ cwd: root })
  const config = join(root, 'tsconfig.json')
  const open = (): Project => {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
    if (!project) throw new Error(`expected the compiler to open ${config}, and it did not`)
    return project
  }
  const first = open()
  let previous: string | undefined
  const programWith = (file: string) => {
    // The file of the question before has been put back since.
    const changed = [...new Set([previous ?? file, file])].map((each) => join(root, each))
    previous = file
    return (api.updateSnapshot({ fileChanges: { changed } }).getProject(config) ?? first).program
  }
  const errorsIn = (complaints: readonly { readonly code: number }[]) =>
    complaints.filter(({ code }) => !UNUSED_OR_UNREACHED.has(code)).length
  let standing: number | undefined
  return {
    mutantsOf: (file) => {
      const source = first.program.getSourceFile(join(root, file))
      if (!source) throw new Error(`expected ${file} among the files of tsconfig.json, and it is not`)
      return editsOf(source).map((edit) => ({ file, ...edit }))
    },
    refuses: (file) => {
      const path = join(root, file)
      const program = programWith(file)
      return errorsIn(program.getSyntacticDiagnostics(path)) + errorsIn(program.getSemanticDiagnostics(path)) > 0
    },
    refusesElsewhere: (file) => {
      standing ??= errorsIn(first.program.getSemanticDiagnostics())
      return errorsIn(programWith(file).getSemanticDiagnostics()) > standing
    },
    close: () => api.close(),
  }
}
