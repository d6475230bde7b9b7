/** Money that waits, by channel and class of age; a class can be opened, and what is open stands in the address. */
import type { Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Empty } from '../../ui/state.tsx'
import { AGES, CHANNELS, oneOf } from './channels.ts'
import { PlainTable } from './plain-table.tsx'

type Ageing = Schemas['Ageing']
type Row = Ageing['channels'][number]
type Age = (typeof AGES)[number]
/** Where the list is without a channel, as the API names it. */
const NO_CHANNEL = 'none'

export type Bucket = { readonly channel?: string | undefined; readonly age?: Age | undefined }

export function bucketIn(search: { readonly channel?: string | undefined; readonly age?: string | undefined }): Bucket {
  return { channel: oneOf([...CHANNELS, NO_CHANNEL], search.channel), age: oneOf(AGES, search.age) }
}

/** Whether there is anything to choose from: a filter over nothing is in the way, unless it is why there is nothing. */
export function isWorthFiltering(ageing: Ageing | undefined, { channel, age }: Bucket): boolean {
  return channel !== undefined || age !== undefined || (ageing !== undefined && ageing.channels.length > 0)
}

export function Ages({
  ageing,
  empty,
  label,
  file,
  bucket,
  open,
}: {
  readonly ageing: Ageing
  readonly empty: string
  readonly label: string
  /** The name of the file that its rows are saved as. */
  readonly file: string
  readonly bucket: Bucket
  readonly open: (bucket: Bucket) => void
}) {
  const { t, f } = useLanguage()
  if (ageing.channels.length === 0) return <Empty>{empty}</Empty>
  const nameOf = ({ channel }: Row) => (channel === null ? t.suspense.noChannel : worded(t.words.channels, channel))
  return (
    <PlainTable
      label={`${label}: ${t.suspense.ageing}`}
      rows={ageing.channels}
      keyOf={({ channel }) => channel ?? NO_CHANNEL}
      file={file}
      columns={[
        { header: t.overview.channel, cell: nameOf, value: nameOf, isName: true },
        ...AGES.map((age) => ({
          header: worded(t.suspense.age, age),
          align: 'end' as const,
          value: (row: Row) => amountIn(row, age).amountRupiah,
          cell: (row: Row) => {
            const { count, amountRupiah } = amountIn(row, age)
            const channel = row.channel ?? NO_CHANNEL
            if (count === 0) return '–'
            return (
              <button
                type="button"
                className="bucket"
                aria-label={`${nameOf(row)}, ${worded(t.suspense.age, age)}: ${f.money(amountRupiah)}`}
                aria-pressed={bucket.channel === channel && bucket.age === age}
                onClick={() => open({ channel, age })}
              >
                {f.money(amountRupiah)}
              </button>
            )
          },
        })),
        {
          header: t.suspense.total,
          cell: ({ totalRupiah }) => <b>{f.money(totalRupiah)}</b>,
          value: ({ totalRupiah }) => totalRupiah,
          align: 'end',
        },
      ]}
    />
  )
}

function amountIn({ ages }: Row, age: Age): { readonly count: number; readonly amountRupiah: number } {
  return ages.find(({ label }) => label === age) ?? { count: 0, amountRupiah: 0 }
}

export function AgeFilter({
  bucket: { channel, age },
  change,
}: {
  readonly bucket: Bucket
  readonly change: (bucket: Bucket) => void
}) {
  const { t } = useLanguage()
  const b = useFinance()
  return (
    <div className="form inline filters">
      <Choice
        label={b.owed.channel}
        value={channel ?? ''}
        options={[
          ['', t.form.all],
          ...CHANNELS.map((each) => [each, worded(t.words.channels, each)] as const),
          [NO_CHANNEL, t.suspense.noChannel],
        ]}
        onChange={(value) => change({ channel: value || undefined, age })}
      />
      <Choice
        label={b.owed.age}
        value={age ?? ''}
        options={[['', b.owed.anyAge], ...AGES.map((each) => [each, worded(t.suspense.age, each)] as const)]}
        onChange={(value) => change({ channel, age: oneOf(AGES, value) })}
      />
    </div>
  )
}
