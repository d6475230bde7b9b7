/** One statement: its verdict, its bridge as a waterfall and as a table, the lines behind each row, differences and files. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Badge, Facts, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { AnswerFiles } from './books/answer-files.tsx'
import { FileWithdrawal } from './books/file-withdrawal.tsx'
import { PersonName } from './books/person.tsx'
import { SignOffSection } from './books/sign-off.tsx'
import { Bridge } from './bridge.tsx'
import { DifferenceTable } from './difference-table.tsx'
import { SettlementFileUpload } from './file-upload.tsx'

type Statement = Schemas['Statement']
type Line = Schemas['StatementLine']

export function StatementPage() {
  const { t, f } = useLanguage()
  const { channel, date } = useParams({ from: '/settlement/$channel/$date' })
  const mayOperate = useMay('operate')
  const statement = useQuery({
    queryKey: ['statement', channel, date],
    queryFn: () => answerOf(api.GET('/api/settlements/{channel}/{date}', { params: { path: { channel, date } } })),
    refetchInterval: LIVE,
  })
  return (
    <Page
      title={`${worded(t.words.channels, channel)}, ${f.day(date)}`}
      lead={
        <Link to="/settlement" search={{ to: undefined }}>
          {t.nav.settlement}
        </Link>
      }
    >
      <Answered query={statement} rows={8}>
        {(answer) => <StatementView statement={answer} />}
      </Answered>
      {mayOperate && <SettlementFileUpload channel={channel} date={date} />}
    </Page>
  )
}

function StatementView({ statement }: { readonly statement: Statement }) {
  const { t, f } = useLanguage()
  const { row } = useSearch({ from: '/settlement/$channel/$date' })
  const navigate = useNavigate()
  const { channel, date, verdict, version, unexplainedRupiah } = statement
  const choose = (label: string) =>
    void navigate({
      to: '/settlement/$channel/$date',
      params: { channel, date },
      search: { row: label },
      resetScroll: false,
    })
  return (
    <>
      <Figures>
        <Figure
          label={t.settlement.verdict}
          value={<Badge tone={toneOf(verdict)}>{worded(t.words.verdicts, verdict)}</Badge>}
          note={
            version === 0
              ? t.settlement.noVersion
              : `${t.settlement.version(f.number(version))}, ${f.instant(statement.recordedAt)}`
          }
        />
        <Figure label={t.settlement.hub} value={f.money(statement.hubRupiah)} />
        <Figure
          label={t.settlement.file}
          value={statement.fileRupiah === null ? '–' : f.money(statement.fileRupiah)}
          note={`${t.settlement.fees} ${f.money(statement.channelFeesRupiah)}`}
        />
        <Figure label={t.settlement.bank} value={f.money(statement.bankRupiah)} />
        <Figure
          label={t.settlement.unexplained}
          value={f.money(unexplainedRupiah)}
          tone={unexplainedRupiah === 0 ? 'good' : 'bad'}
        />
      </Figures>
      <Bridge rows={statement.bridge} file={`${channel}-${date}-bridge`} chosen={row} onChoose={choose} />
      {row !== undefined && <Lines channel={channel} date={date} label={row} />}
      <Section title={t.settlement.differences}>
        <DifferenceTable
          items={statement.differences}
          empty={t.settlement.noDifferences}
          file={`${channel}-${date}-differences`}
          isOfOneDay
        />
      </Section>
      <div className="columns">
        <OpenItems statement={statement} />
        <Files statement={statement} />
      </div>
      <div className="columns">
        <SignOffSection channel={channel} date={date} isOnStatement />
        <FileWithdrawal statement={statement} />
      </div>
      <AnswerFiles channel={channel} date={date} />
    </>
  )
}

function Lines({ channel, date, label }: { readonly channel: string; readonly date: string; readonly label: string }) {
  const { t, f } = useLanguage()
  const lines = useInfiniteQuery({
    queryKey: ['lines', channel, date, label],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/settlements/{channel}/{date}/lines', {
          params: {
            path: { channel, date },
            query: { label: label as never, ...(pageParam === undefined ? {} : { page: Number(pageParam) }) },
          },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const columns = useMemo<readonly TableColumn<Line>[]>(
    () => [
      {
        id: 'payment',
        header: t.settlement.paymentId,
        value: ({ paymentId }) => paymentId,
        cell: ({ paymentId }) => <span className="mono">{paymentId || '–'}</span>,
        width: 14,
      },
      { id: 'line', header: t.settlement.line, value: ({ line }) => line, align: 'end', width: 7 },
      {
        id: 'amount',
        header: t.overview.amount,
        value: ({ amountRupiah }) => amountRupiah,
        cell: ({ amountRupiah }) => f.money(amountRupiah),
        align: 'end',
        width: 9,
      },
      {
        id: 'fee',
        header: t.settlement.fees,
        value: ({ feeRupiah }) => feeRupiah,
        cell: ({ feeRupiah }) => (feeRupiah === null ? '–' : f.money(feeRupiah)),
        align: 'end',
        width: 8,
      },
      {
        id: 'at',
        header: t.settlement.at,
        value: ({ at }) => at,
        cell: ({ at }) => (at === null ? '–' : f.instant(at)),
        width: 15,
      },
      {
        id: 'status',
        header: t.settlement.status,
        value: ({ status }) => (status === null ? null : worded(t.words.lineStatus, status)),
        width: 7,
      },
      {
        id: 'how',
        header: t.settlement.how,
        value: ({ how }) => (how === null ? null : worded(t.words.how, how)),
        width: 9,
      },
      {
        id: 'other',
        header: t.settlement.otherDay,
        value: ({ otherDate, breakDate }) => otherDate ?? breakDate,
        width: 8,
      },
    ],
    [t, f],
  )
  const rows = useMemo(() => lines.data?.pages.flatMap(({ items }) => items) ?? [], [lines.data])
  return (
    <Section title={t.settlement.linesOf(worded(t.words.bridge, label))}>
      <Answered query={lines}>
        {() => (
          <DataTable
            label={t.settlement.lines}
            rows={rows}
            columns={columns}
            keyOf={({ paymentId, line }, index) => `${paymentId} ${line} ${index}`}
            file={`${channel}-${date}-${label}`}
            empty={t.state.empty}
            more={
              lines.hasNextPage
                ? { load: () => void lines.fetchNextPage(), isLoading: lines.isFetchingNextPage }
                : undefined
            }
          />
        )}
      </Answered>
    </Section>
  )
}

function OpenItems({ statement }: { readonly statement: Statement }) {
  const { t, f } = useLanguage()
  const { openItems, credits } = statement
  return (
    <Section title={t.settlement.openItems}>
      {openItems.length === 0 ? (
        <Empty />
      ) : (
        <Facts
          items={openItems.map(
            ({ label, amountRupiah }) =>
              [
                worded(t.words.bridge, label),
                <span key={label} className="number">
                  {f.money(amountRupiah)}
                </span>,
              ] as const,
          )}
        />
      )}
      <h3>{t.settlement.credits}</h3>
      {credits.length === 0 ? (
        <Empty />
      ) : (
        <ul className="history">
          {credits.map(({ id, bookedOn, amountRupiah }) => (
            <li key={id}>
              <b className="number">{f.money(amountRupiah)}</b>
              <span className="muted">
                {f.day(bookedOn)} · <span className="mono">{id}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Files({ statement }: { readonly statement: Statement }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  return (
    <Section title={t.settlement.files}>
      {statement.files.length === 0 ? (
        <Empty>{t.settlement.noFiles}</Empty>
      ) : (
        <ul className="history">
          {statement.files.map((file) => (
            <li key={file.version}>
              <span className="row">
                <b>{t.settlement.version(f.number(file.version))}</b>
                <Badge tone={toneOf(file.state)}>{worded(t.words.fileStates, file.state)}</Badge>
              </span>
              <span>
                {file.name}
                {file.lines !== null &&
                  file.amountRupiah !== null &&
                  ` · ${t.settlement.takenLines(f.counted(file.lines, b.units.lines), f.money(file.amountRupiah))}`}
                {file.quarantinedLines > 0 &&
                  ` · ${t.settlement.quarantined(f.counted(file.quarantinedLines, b.units.lines))}`}
              </span>
              <span className="muted">
                {t.settlement.receivedAt} {f.instant(file.receivedAt)},{' '}
                {file.receivedBy === null ? t.settlement.byPartner : <PersonName subject={file.receivedBy} />} ·{' '}
                {f.counted(file.bytes, b.units.bytes)}
              </span>
              {file.refusal !== null && (
                <span className="form-problem">
                  {file.refusal.code}
                  {file.refusal.line !== null && `, ${t.settlement.refusedAtLine(f.number(file.refusal.line))}`}:{' '}
                  <span lang="en">{file.refusal.detail}</span>
                </span>
              )}
              {file.change !== null && (
                <span>
                  {t.settlement.changes(
                    f.number(file.change.added),
                    f.number(file.change.removed),
                    f.number(file.change.changed),
                  )}
                </span>
              )}
              <span className="mono muted">{file.sha256}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
