/**
 * Indomaret as a caller: signs, sends and reads answers as the partner does. Loaded by its path for local traffic and
 * tests; never part of a deployed bundle.
 */
import { hubSandbox } from '../../protocols/hub-h2h/sandbox.ts'
import type { Sandbox } from '../partner.ts'

export const sandbox: Sandbox = hubSandbox
