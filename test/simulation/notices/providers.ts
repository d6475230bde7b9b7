/** SMS, WhatsApp and e-mail as they behave: they take a message, refuse it, are busy, or leave it open whether they took it. */
import type { Delivery, Notifier } from '../../../shared/notices/notifier.ts'
import type { RenderedNotice } from '../../../shared/notices/render.ts'
import { call, type FunctionEnvironment, type Invocation } from '../ports.ts'

/** `template`: as WhatsApp's provider was given it; it says which stage the notice is about. */
export type Delivered = { readonly address: string; readonly at: number; readonly template: string }

export type Providers = {
  /** What went out, whatever the sender was told. */
  readonly delivered: readonly Delivered[]
  readonly notifiersFor: (invocation: Invocation) => readonly Notifier[]
}

export function openProviders(around: FunctionEnvironment): Providers {
  const { timeline, random } = around
  const delivered: Delivered[] = []
  let ids = 0
  const goesOut = (address: string, { whatsapp: { template } }: RenderedNotice) =>
    void delivered.push({ address, at: timeline.now(), template })

  function attempt(address: string, notice: RenderedNotice): Delivery {
    const chance = around.calm() ? 1 : random.unit()
    if (chance < 0.1) return { outcome: 'later', code: 'BUSY' }
    if (chance < 0.15) return { outcome: 'refused', code: 'NO_SUCH_NUMBER' }
    if (chance < 0.25) {
      if (random.chance(0.5)) goesOut(address, notice)
      return { outcome: 'unknown', code: 'NO_ANSWER' }
    }
    goesOut(address, notice)
    return { outcome: 'sent', messageId: `M${++ids}` }
  }

  /** A lost answer is an answer of its own here: the adapter says `unknown` and never throws for it. */
  async function send(invocation: Invocation, address: string, notice: RenderedNotice): Promise<Delivery> {
    try {
      return await call(around, invocation, 'write', 'provider.send', async () => attempt(address, notice))
    } catch {
      return { outcome: 'unknown', code: 'NO_ANSWER' }
    }
  }

  return {
    delivered,
    notifiersFor: (invocation) =>
      (['sms', 'whatsapp', 'email'] as const).map((channel) => ({
        channel,
        send: (address, notice) => send(invocation, address, notice),
      })),
  }
}
