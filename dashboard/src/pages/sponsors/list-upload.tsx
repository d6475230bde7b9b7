/** A list of people into a program that is open. What it holds is not shown here: names and NIKs stay in the file. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { ApiProblem, type Schemas } from '../../api/client.ts'
import { upload } from '../../api/upload.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { useMay } from '../../sign-in/use-session.ts'
import { download } from '../../ui/download.ts'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Section } from '../../ui/page.tsx'
import { problemText } from '../../ui/state.tsx'
import { placeOfList } from './addresses.ts'

type Cohort = Schemas['Cohort']

/** What one call may carry: bytes grow by a third on their way to the function. */
const LIMIT_BYTES = 4 * 1024 * 1024
/** A list that comes after the first one corrects it, as long as the end is not announced. */
const OPEN_STATES: readonly Schemas['Program']['state'][] = ['enrolling', 'billed', 'paid', 'running']
const HEADER = 'nik,name,region_code,sector,income,phone'

export function ListUpload({ program }: { readonly program: Schemas['Program'] }) {
  const { language, f } = useLanguage()
  const { lists: l, units } = useSponsorTexts()
  const mayAct = useMay('sponsor')
  const navigate = useNavigate()
  const answers = useQueryClient()
  if (!mayAct) return null
  if (!OPEN_STATES.includes(program.state)) {
    return (
      <Section title={l.upload}>
        <p className="muted">{l.notOpen}</p>
      </Section>
    )
  }
  const send = async (file: File, onProgress: (share: number) => void): Promise<Cohort> => {
    if (file.size > LIMIT_BYTES) throw new ApiProblem('LIST_TOO_LARGE', 413, '')
    const path = `/api/sponsors/${program.sponsorId}/cohorts?program=${program.id}&language=${language}`
    const list = await upload<Cohort>('POST', path, file, onProgress)
    await answers.invalidateQueries({ queryKey: ['lists', program.id] })
    await navigate({ to: '/sponsors/$sponsor/$program/lists/$list', params: placeOfList(list.cohortId) })
    return list
  }
  return (
    <Section
      title={l.upload}
      lead={l.uploadLead}
      actions={
        <Button className="button small" onPress={() => download('list.csv', `${HEADER}\r\n`)}>
          {l.template}
        </Button>
      }
    >
      <FileDrop
        send={send}
        sizeOf={(bytes) => f.counted(bytes, units.bytes)}
        previewOf={async () => ''}
        taken={() => (
          <p className="notice good" role="status">
            {l.taken}
          </p>
        )}
        refused={(problem) => <Refused problem={problem} />}
      />
    </Section>
  )
}

function Refused({ problem }: { readonly problem: Error }) {
  const { t } = useLanguage()
  const { lists: l } = useSponsorTexts()
  const isTooLarge = problem instanceof ApiProblem && problem.code === 'LIST_TOO_LARGE'
  return (
    <p className="notice bad" role="alert">
      {isTooLarge ? l.tooLarge : problemText(t.problems, problem)}
    </p>
  )
}
