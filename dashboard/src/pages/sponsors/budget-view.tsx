/** An answer about a budget: its figures, the ways out where it is short, and its villages. Beside another answer, what changed. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Facts, Figure, Figures } from '../../ui/page.tsx'

type Budget = Schemas['ProgramBudget']
type Village = Budget['villages'][number]

export function useBudget(program: string) {
  return useQuery({
    queryKey: ['budget', program],
    queryFn: () =>
      answerOf(api.GET('/api/programs/{program}/budget', { params: { path: { program } } })) as Promise<Budget>,
  })
}

/** `now`: what the program's own answer is, where this is another one. */
export function BudgetFigures({ budget, now }: { readonly budget: Budget; readonly now?: Budget }) {
  const { f } = useLanguage()
  const { budget: b, units } = useSponsorTexts()
  const { persons, months, needRupiah, budgetRupiah, shortfallRupiah, villagesShort } = budget
  const before = (text: string | undefined, own: string) => (text === undefined ? own : b.against(text))
  return (
    <Figures>
      <Figure
        label={b.persons}
        value={f.number(persons)}
        note={before(now && f.number(now.persons), f.counted(months, units.months))}
      />
      <Figure label={b.need} value={f.money(needRupiah)} note={now && b.against(f.money(now.needRupiah))} />
      <Figure label={b.budget} value={f.money(budgetRupiah)} note={now && b.against(f.money(now.budgetRupiah))} />
      <Figure
        label={b.shortfall}
        value={f.money(shortfallRupiah)}
        tone={shortfallRupiah > 0 ? 'bad' : 'good'}
        note={before(
          now && f.money(now.shortfallRupiah),
          shortfallRupiah === 0 ? b.enough : b.villagesShort(f.counted(villagesShort, units.villages)),
        )}
      />
    </Figures>
  )
}

export function BudgetOptions({ budget }: { readonly budget: Budget }) {
  const { f } = useLanguage()
  const { budget: b, words } = useSponsorTexts()
  if (budget.options.length === 0) return <p className="notice good">{b.noOptions}</p>
  return (
    <ul className="ways">
      {budget.options.map(({ kind, months, persons, leftOut, costRupiah, unspentRupiah }) => (
        <li key={kind}>
          <h3>{worded(words.options, kind)}</h3>
          <Facts
            items={[
              [b.full, f.number(persons)],
              [b.leftOut, f.number(leftOut)],
              [b.forMonths, f.number(months)],
              [b.cost, f.money(costRupiah)],
              [b.unspent, f.money(unspentRupiah)],
            ]}
          />
        </li>
      ))}
    </ul>
  )
}

export function Villages({ budget, empty }: { readonly budget: Budget; readonly empty: string }) {
  const { f } = useLanguage()
  const { budget: b } = useSponsorTexts()
  const columns = useMemo<readonly TableColumn<Village>[]>(() => {
    const number = (id: keyof Village & string, header: string, width: number): TableColumn<Village> => ({
      id,
      header,
      value: (village) => village[id],
      cell: (village) => (village[id] === null ? '–' : f.number(Number(village[id]))),
      align: 'end',
      width,
    })
    const money = (id: 'needRupiah' | 'budgetRupiah' | 'shortfallRupiah', header: string): TableColumn<Village> => ({
      ...number(id, header, 9),
      cell: ({ [id]: rupiah }) => (rupiah === null ? '–' : f.money(rupiah)),
    })
    return [
      { id: 'village', header: b.village, value: ({ regionCode }) => regionCode || b.unknownVillage, width: 10 },
      number('persons', b.persons, 6),
      money('needRupiah', b.need),
      money('budgetRupiah', b.budget),
      money('shortfallRupiah', b.shortfall),
      number('coveredInFull', b.full, 9),
      number('leftOut', b.leftOut, 7),
      number('personMonths', b.personMonths, 13),
    ]
  }, [f, b])
  return (
    <DataTable
      label={b.villages}
      rows={budget.villages}
      columns={columns}
      keyOf={({ regionCode }) => regionCode}
      file="budget-villages"
      empty={empty}
    />
  )
}
