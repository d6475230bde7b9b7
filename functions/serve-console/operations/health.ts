/**
 * `GET /healthz`: the console is up, with its keys read. Reads no table and writes nothing, because anybody may ask it as often as
 * the gateway lets through; whether tables answer is what the alarms watch.
 */
import { json } from '../http/reply.ts'

export async function showHealth() {
  return json(200, { status: 'ok' })
}
