/** Channels that a membership is locked out of, so that nobody forgets it; whoever operates lets it in again. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useLockTexts } from '../i18n/use-lock-texts.ts'
import { useMay } from '../sign-in/use-session.ts'
import { say } from '../ui/said.tsx'
import { AskReason } from './lock-reason.tsx'

type Membership = Pick<Schemas['Membership'], 'kpj' | 'locks'>

export function MemberLocks({ membership: { kpj, locks } }: { readonly membership: Membership }) {
  const { t, f } = useLanguage()
  const w = useLockTexts()
  const mayOperate = useMay('operate')
  const [chosen, setChosen] = useState<string | null>(null)
  const answers = useQueryClient()
  const unlock = useMutation({
    mutationFn: ({ channel, reason }: { readonly channel: string; readonly reason: string }) =>
      answerOf(
        api.POST('/api/partners/{channel}/customer-unlocks', {
          params: { path: { channel } },
          body: { customerId: kpj, reason },
        }),
      ),
    onSuccess: async () => {
      setChosen(null)
      say(w.unlocked)
      await answers.invalidateQueries({ queryKey: ['membership', kpj] })
    },
  })
  return (
    <>
      {locks.map(({ channel, until, reason }) => (
        <div key={channel} className="notice warning" role="status">
          <span>
            {w.memberLocked(worded(t.words.channels, channel), until === null ? null : f.instant(until))}{' '}
            {w.memberReason(reason)}{' '}
            <Link to="/partners/$channel/locks" params={{ channel }}>
              {w.seeLocks}
            </Link>
          </span>
          {mayOperate && (
            <Button className="button small" onPress={() => setChosen(channel)}>
              {w.unlock}
            </Button>
          )}
        </div>
      ))}
      {chosen !== null && (
        <AskReason
          title={w.askUnlock(worded(t.words.channels, chosen))}
          lead={w.unlockLead}
          action={w.unlock}
          isPending={unlock.isPending}
          problem={unlock.error}
          onReason={(reason) => unlock.mutate({ channel: chosen, reason })}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  )
}
