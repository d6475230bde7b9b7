/** The corpus: every family, in the order in which they are run. A new family is a file beside this one and a line here. */
import type { Family } from '../attack.ts'
import { captured } from './captured.ts'
import { consoleAfterwards, consoleEndpoint } from './console.ts'
import { consoleBodies } from './console-bodies.ts'
import { endless, framing } from './framing.ts'
import { hubBodies } from './hub-bodies.ts'
import { hubSignatures } from './hub-signatures.ts'
import { lockedOut } from './locked-out.ts'
import { pipe } from './pipe.ts'
import { probing } from './probing.ts'
import { bindsNothing, repeats } from './repeats.ts'
import { snapBodies } from './snap-bodies.ts'
import { snapSignatures } from './snap-signatures.ts'
import { transport } from './transport.ts'

export const CORPUS: readonly Family[] = [
  hubSignatures,
  hubBodies,
  snapSignatures,
  snapBodies,
  pipe,
  repeats,
  captured,
  bindsNothing,
  probing,
  lockedOut,
  transport,
  framing,
  consoleEndpoint,
  consoleBodies,
  consoleAfterwards,
]

/** What takes half a minute and more; only when it is asked for. */
export const SLOW_CORPUS: readonly Family[] = [endless]
