/** Who is locked out of a channel's endpoint: by which limit or person, since when, until when; and which certificate keys are revoked. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import type { LockTexts } from '../i18n/locks-en.ts'
import { useLockTexts } from '../i18n/use-lock-texts.ts'
import { useMay } from '../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice } from '../ui/fields.tsx'
import { Badge, Page, Section } from '../ui/page.tsx'
import { say } from '../ui/said.tsx'
import { Answered } from '../ui/state.tsx'
import { CHANNELS } from './books/channels.ts'
import { LockForm } from './lock-form.tsx'
import { AskReason } from './lock-reason.tsx'

type Lock = Schemas['Locks']['items'][number]
type Unlockable = Lock & { readonly by: Schemas['UnlockRequest']['by'] }

const isOutletOrCustomer = (lock: Lock): lock is Unlockable => lock.by !== 'key'

export function LocksPage() {
  const { t } = useLanguage()
  const w = useLockTexts()
  const { channel } = useParams({ from: '/partners/$channel/locks' })
  const navigate = useNavigate()
  const mayOperate = useMay('operate')
  const locks = useInfiniteQuery({
    queryKey: ['locks', channel],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/partners/{channel}/locks', { params: { path: { channel }, query: { after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: LIVE,
  })
  const items = useMemo(() => locks.data?.pages.flatMap((page) => page.items) ?? [], [locks.data])
  const more = locks.hasNextPage
    ? { load: () => void locks.fetchNextPage(), isLoading: locks.isFetchingNextPage }
    : undefined
  return (
    <Page
      title={w.title(worded(t.words.channels, channel))}
      lead={w.lead}
      actions={
        <Link className="button" to="/partners/$channel" params={{ channel }}>
          {w.calls}
        </Link>
      }
    >
      <div className="form inline">
        <Choice
          label={w.channel}
          value={channel}
          options={CHANNELS.map((each) => [each, worded(t.words.channels, each)])}
          onChange={(next) => void navigate({ to: '/partners/$channel/locks', params: { channel: next } })}
        />
      </div>
      <Section title={w.list} lead={w.listLead}>
        <Answered query={locks} rows={6}>
          {() => <LockTable channel={channel} items={items.filter(isOutletOrCustomer)} more={more} />}
        </Answered>
      </Section>
      {mayOperate && <LockForm key={channel} channel={channel} />}
      <Section title={w.keys} lead={w.keysLead}>
        <Answered query={locks} rows={2}>
          {() => <KeyTable channel={channel} items={items.filter(({ by }) => by === 'key')} />}
        </Answered>
      </Section>
    </Page>
  )
}

function LockTable({
  channel,
  items,
  more,
}: {
  readonly channel: string
  readonly items: readonly Unlockable[]
  readonly more: { readonly load: () => void; readonly isLoading: boolean } | undefined
}) {
  const { f } = useLanguage()
  const w = useLockTexts()
  const mayOperate = useMay('operate')
  const [chosen, setChosen] = useState<Unlockable | null>(null)
  const columns = useMemo<readonly TableColumn<Unlockable>[]>(() => {
    const end = ({ until }: Lock) => (until === null ? w.untilUnlocked : f.instant(until))
    const state = ({ inForce }: Lock) => (inForce ? w.holds : w.ended)
    const stateOrUnlock = (lock: Unlockable) =>
      lock.inForce && mayOperate ? (
        <Button className="button small" aria-label={`${w.unlock}: ${nameOf(lock, w)}`} onPress={() => setChosen(lock)}>
          {w.unlock}
        </Button>
      ) : (
        <Badge tone={lock.inForce ? 'warn' : 'plain'}>{state(lock)}</Badge>
      )
    return [
      {
        id: 'who',
        header: w.kind,
        value: (lock) => nameOf(lock, w),
        cell: (lock) => <Locked lock={lock} />,
        width: 15,
      },
      { id: 'state', header: w.state, value: state, cell: stateOrUnlock, width: 9.5 },
      { id: 'by', header: w.by, value: ({ limit }) => (limit === null ? w.person : w.limit), width: 7.5 },
      {
        id: 'reason',
        header: w.reason,
        value: ({ limit, reason }) => (limit === null ? reason : worded(w.limits, limit)),
        width: 15,
      },
      { id: 'until', header: w.until, value: ({ until }) => until, cell: end, width: 14.5 },
      { id: 'since', header: w.since, value: ({ at }) => at, cell: ({ at }) => f.instant(at), width: 14.5 },
    ]
  }, [w, f, mayOperate])
  return (
    <>
      <DataTable
        label={w.list}
        rows={items}
        columns={columns}
        keyOf={({ by, subject, limit }) => `${by} ${subject} ${limit}`}
        file={`locks-${channel}`}
        empty={w.none}
        more={more}
      />
      {items.some(({ by }) => by === 'customer') && <p className="muted">{w.customerDigest}</p>}
      {chosen !== null && <Unlock channel={channel} lock={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

/** A kind of message is named by its limit, all others as the partner names them. */
function nameOf({ by, subject, limit }: Lock, w: LockTexts): string {
  return by === 'channel' ? worded(w.limits, limit ?? subject) : w.named(worded(w.kinds, by), subject)
}

/** On a phone this column stays in sight: it says whom the button beside it lets in. */
function Locked({ lock: { by, subject, limit } }: { readonly lock: Unlockable }) {
  const w = useLockTexts()
  return (
    <span className="two-lines">
      <b>{worded(w.kinds, by)}</b>
      {by === 'channel' ? (
        <span>{worded(w.limits, limit ?? subject)}</span>
      ) : (
        <span className="mono" title={subject}>
          {subject}
        </span>
      )}
    </span>
  )
}

function Unlock({
  channel,
  lock,
  onClose,
}: {
  readonly channel: string
  readonly lock: Unlockable
  readonly onClose: () => void
}) {
  const w = useLockTexts()
  const answers = useQueryClient()
  const { by, subject } = lock
  const unlock = useMutation({
    mutationFn: (reason: string) =>
      answerOf(
        api.POST('/api/partners/{channel}/unlocks', { params: { path: { channel } }, body: { by, subject, reason } }),
      ),
    onSuccess: async () => {
      await answers.invalidateQueries({ queryKey: ['locks', channel] })
      onClose()
      say(w.unlocked)
    },
  })
  return (
    <AskReason
      title={w.askUnlock(nameOf(lock, w))}
      lead={w.unlockLead}
      action={w.unlock}
      isPending={unlock.isPending}
      problem={unlock.error}
      onReason={(reason) => unlock.mutate(reason)}
      onClose={onClose}
    />
  )
}

function KeyTable({ channel, items }: { readonly channel: string; readonly items: readonly Lock[] }) {
  const { f } = useLanguage()
  const w = useLockTexts()
  const columns = useMemo<readonly TableColumn<Lock>[]>(
    () => [
      {
        id: 'subject',
        header: w.keyDigest,
        value: ({ subject }) => subject,
        cell: ({ subject }) => <span className="mono">{subject}</span>,
        width: 37,
      },
      { id: 'since', header: w.since, value: ({ at }) => at, cell: ({ at }) => f.instant(at), width: 14 },
      { id: 'reason', header: w.reason, value: ({ reason }) => reason, width: 14 },
    ],
    [w, f],
  )
  return (
    <DataTable
      label={w.keys}
      rows={items}
      columns={columns}
      keyOf={({ subject }) => subject}
      file={`revoked-keys-${channel}`}
      empty={w.noKeys}
    />
  )
}
