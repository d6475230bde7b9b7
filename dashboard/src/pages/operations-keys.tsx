/** Keys of partners by their dates: how old they are, when they end, and for whoever operates the guide through a rotation. */
import { useQuery } from '@tanstack/react-query'
import { CALM, LIVE } from '../api/answers.ts'
import { answerOf, api } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useOperationsTexts } from '../i18n/use-operations-texts.ts'
import { useMay } from '../sign-in/use-session.ts'
import { Badge, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { PlainTable } from './books/plain-table.tsx'
import { KeyGuide } from './operations-key-guide.tsx'
import { PARTNER_KEYS, type PartnerKey, useKeyName } from './operations-key-names.ts'

export function PartnerKeys() {
  const { keys: k } = useOperationsTexts()
  const mayOperate = useMay('operate')
  const keys = useQuery({
    queryKey: PARTNER_KEYS,
    queryFn: () => answerOf(api.GET('/api/partner-keys')),
    // While a key changes, somebody writes its secret and looks here for it.
    refetchInterval: ({ state: { data } }) => (data?.items.some(({ rotation }) => rotation !== null) ? LIVE : CALM),
  })
  return (
    <>
      <Section title={k.title} lead={k.lead}>
        <Answered query={keys} rows={11}>
          {({ items }) => (
            <>
              <Warning items={items} />
              <KeyTable items={items} />
            </>
          )}
        </Answered>
      </Section>
      {mayOperate && (
        <Section title={k.guide} lead={k.guideLead}>
          <Answered query={keys}>{({ items }) => <KeyGuide items={items} />}</Answered>
        </Section>
      )}
    </>
  )
}

function Warning({ items }: { readonly items: readonly PartnerKey[] }) {
  const { keys } = useOperationsTexts()
  const nameOf = useKeyName()
  // Of one that is being rotated a new one was agreed already.
  const ending = items.filter(
    ({ state, rotation }) => state === 'ended' || (state === 'ends-soon' && rotation === null),
  )
  if (ending.length === 0) return null
  return (
    <p className="notice warning" role="status">
      {keys.warning(ending.map(nameOf).join('; '))}
    </p>
  )
}

function KeyTable({ items }: { readonly items: readonly PartnerKey[] }) {
  const { t, f } = useLanguage()
  const { keys: k } = useOperationsTexts()
  return (
    <PlainTable
      label={k.title}
      rows={items}
      keyOf={({ channel, kind }) => `${channel} ${kind}`}
      file="partner-keys"
      columns={[
        {
          header: k.channel,
          value: ({ channel }) => worded(t.words.channels, channel),
          cell: ({ channel }) => worded(t.words.channels, channel),
          isName: true,
        },
        { header: k.kind, value: ({ kind }) => worded(k.kinds, kind), cell: ({ kind }) => worded(k.kinds, kind) },
        {
          header: k.state,
          value: ({ state, rotation }) => (rotation === null ? worded(k.states, state) : k.rotating),
          cell: ({ state, rotation }) => (
            <Badge tone={rotation === null ? toneOf(state) : 'wait'}>
              {rotation === null ? worded(k.states, state) : k.rotating}
            </Badge>
          ),
        },
        {
          header: k.age,
          value: ({ inForce }) => inForce?.ageDays ?? null,
          cell: ({ inForce }) => (inForce === null ? '–' : f.counted(inForce.ageDays, k.days)),
          align: 'end',
        },
        {
          header: k.ends,
          value: ({ inForce }) => inForce?.endsOn ?? null,
          cell: ({ inForce }) => <Ends inForce={inForce} />,
        },
        {
          header: k.written,
          value: ({ secretWrittenAt }) => secretWrittenAt,
          cell: ({ secretWrittenAt }) => (secretWrittenAt === null ? k.notKnown : f.instant(secretWrittenAt)),
        },
      ]}
    />
  )
}

function Ends({ inForce }: Pick<PartnerKey, 'inForce'>) {
  const { f } = useLanguage()
  const { keys: k } = useOperationsTexts()
  if (inForce === null) return '–'
  const { endsOn, endsInDays } = inForce
  if (endsOn === null || endsInDays === null) return k.noEnd
  const days = f.counted(Math.abs(endsInDays), k.days)
  return endsInDays < 0 ? k.endedAgo(f.day(endsOn), days) : k.endsIn(f.day(endsOn), days)
}
