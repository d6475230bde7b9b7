/** All sponsors, and a new one. People of a sponsor come straight to their own. */
import './sponsors.css'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answered, Empty, FormProblem } from '../../ui/state.tsx'
import { KINDS, type Kind } from './fundings.ts'

type Sponsor = Schemas['SponsorItem']
type SponsorRequest = Schemas['SponsorRequest']

export function SponsorsPage() {
  const s = useSponsorTexts().sponsors
  const mayOperate = useMay('operate')
  const mayRead = useMay('read')
  const sponsors = useInfiniteQuery({
    queryKey: ['sponsors'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => answerOf(api.GET('/api/sponsors', { params: { query: { after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: CALM,
  })
  const items = useMemo(() => sponsors.data?.pages.flatMap((page) => page.items) ?? [], [sponsors.data])
  const [own] = items
  if (!mayRead && own !== undefined) {
    return <Navigate to="/sponsors/$sponsor" params={{ sponsor: own.id }} replace />
  }
  const more = sponsors.hasNextPage
    ? { load: () => void sponsors.fetchNextPage(), isLoading: sponsors.isFetchingNextPage }
    : undefined
  return (
    <Page title={s.title} lead={s.lead}>
      <Section title={s.title}>
        <Answered query={sponsors}>
          {() => (mayRead ? <SponsorTable items={items} more={more} /> : <Empty>{s.own}</Empty>)}
        </Answered>
      </Section>
      {mayOperate && <NewSponsor />}
    </Page>
  )
}

function SponsorTable({
  items,
  more,
}: {
  readonly items: readonly Sponsor[]
  readonly more: { readonly load: () => void; readonly isLoading: boolean } | undefined
}) {
  const { f } = useLanguage()
  const { sponsors: s, words } = useSponsorTexts()
  const columns = useMemo<readonly TableColumn<Sponsor>[]>(
    () => [
      {
        id: 'name',
        header: s.name,
        value: ({ name, id }) => name || id,
        cell: ({ name, id }) => (
          <Link to="/sponsors/$sponsor" params={{ sponsor: id }}>
            {name || `${s.person} (${id})`}
          </Link>
        ),
        width: 16,
      },
      { id: 'kind', header: s.kind, value: ({ kind }) => worded(words.kinds, kind), width: 9 },
      { id: 'region', header: s.region, value: ({ regionCode }) => regionCode ?? s.anywhere, width: 8 },
      {
        id: 'since',
        header: s.since,
        value: ({ createdAt }) => createdAt,
        cell: ({ createdAt }) => f.instant(createdAt),
        width: 15,
      },
    ],
    [f, s, words],
  )
  return (
    <DataTable
      label={s.title}
      rows={items}
      columns={columns}
      keyOf={({ id }) => id}
      file="sponsors"
      empty={s.none}
      more={more}
    />
  )
}

function NewSponsor() {
  const { sponsors: s, words } = useSponsorTexts()
  const [id, setId] = useState('')
  const [kind, setKind] = useState<Kind>('province')
  const [name, setName] = useState('')
  const [region, setRegion] = useState('')
  const navigate = useNavigate()
  const answers = useQueryClient()
  const creating = useMutation({
    mutationFn: (body: SponsorRequest) => answerOf(api.POST('/api/sponsors', { body })),
    onSuccess: async (sponsor) => {
      await answers.invalidateQueries({ queryKey: ['sponsors'] })
      await navigate({ to: '/sponsors/$sponsor', params: { sponsor: sponsor.id } })
    },
  })
  return (
    <Section title={s.add} lead={s.addLead}>
      <Form
        className="form wide"
        onSubmit={(event) => {
          event.preventDefault()
          creating.mutate({
            kind,
            regionCode: region.trim() === '' ? null : region.trim(),
            ...(id.trim() === '' ? {} : { id: id.trim() }),
            ...(kind === 'person' ? {} : { name: name.trim() }),
          })
        }}
      >
        <Choice
          label={s.kind}
          value={kind}
          options={KINDS.map((each) => [each, worded(words.kinds, each)] as const)}
          onChange={(chosen) => setKind(chosen as Kind)}
        />
        {kind !== 'person' && <TextInput label={s.name} value={name} onChange={setName} maxLength={100} required />}
        <TextInput label={s.id} value={id} onChange={setId} hint={s.idHint} maxLength={40} />
        <TextInput label={s.region} value={region} onChange={setRegion} hint={s.regionHint} maxLength={13} />
        <div className="row whole">
          <Button type="submit" className="button primary" isDisabled={creating.isPending}>
            {s.create}
          </Button>
        </div>
        <FormProblem problem={creating.error} />
      </Form>
    </Section>
  )
}
