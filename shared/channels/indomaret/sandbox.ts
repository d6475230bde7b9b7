/**
 * Indomaret as a caller: signs, sends and reads answers as the partner does. Loaded by its path for local traffic and
 * tests; never part of a deployed bundle.
 */

import type { Sandbox } from '../../channel-port/partner.ts'
import { hubSandbox } from '../../protocols/hub-h2h/sandbox.ts'

export const sandbox: Sandbox = hubSandbox
