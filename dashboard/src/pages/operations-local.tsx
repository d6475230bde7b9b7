/** What only a laptop has: a clock that can be moved, waiting until all is quiet, and faults that AWS has now and then. Shown where the page is served from 127.0.0.1. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { ApiProblem } from '../api/client.ts'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'
import { FormProblem } from '../ui/state.tsx'

/** The API of AWS has none of these calls, whatever this says. */
const isLaptop = location.hostname === '127.0.0.1' || location.hostname === 'localhost'

export function LocalHub() {
  return isLaptop ? <LocalCalls /> : null
}

function LocalCalls() {
  const w = useWatchTexts().operations
  const answers = useQueryClient()
  const [at, setAt] = useState('')
  const move = useMutation({
    mutationFn: () => localCall('clock', { now: `${at}:00+07:00` }),
    onSuccess: () => answers.invalidateQueries(),
  })
  const settle = useMutation({
    mutationFn: () => localCall('settle', {}),
    onSuccess: () => answers.invalidateQueries(),
  })
  return (
    <Section title={w.local} lead={w.localLead}>
      <Form
        className="form inline"
        onSubmit={(event) => {
          event.preventDefault()
          move.mutate()
        }}
      >
        <TextInput label={w.clock} type="datetime-local" value={at} onChange={setAt} />
        <Button type="submit" className="button" isDisabled={at === '' || move.isPending}>
          {w.move}
        </Button>
        <Button className="button" isDisabled={settle.isPending} onPress={() => settle.mutate()}>
          {w.settle}
        </Button>
      </Form>
      <FormProblem problem={move.error ?? settle.error} />
      {(move.isSuccess || settle.isSuccess) && (
        <p className="notice good" role="status">
          {settle.isSuccess ? w.quiet : w.moved}
        </p>
      )}
      <Faults />
    </Section>
  )
}

const KINDS = [
  'throttle',
  'timeout-after-commit',
  'error',
  'delay',
  'transaction-conflict',
  'duplicate',
  'reorder',
] as const

/** Ten calls at most, each of the target's with a chance of one in two: enough to see the hub recover. */
function Faults() {
  const w = useWatchTexts().operations
  const [kind, setKind] = useState<string>(KINDS[0])
  const [target, setTarget] = useState('*')
  const arm = useMutation({ mutationFn: () => localCall('fault', { kind, target, rate: 0.5, count: 10, seed: 1 }) })
  const clear = useMutation({ mutationFn: () => localCall('fault', { kind: 'none' }) })
  return (
    <>
      <Form
        className="form inline"
        onSubmit={(event) => {
          event.preventDefault()
          clear.reset()
          arm.mutate()
        }}
      >
        <Choice label={w.fault} value={kind} options={KINDS.map((each) => [each, each])} onChange={setKind} />
        <TextInput label={w.target} value={target} onChange={setTarget} required />
        <Button type="submit" className="button" isDisabled={target === '' || arm.isPending}>
          {w.inject}
        </Button>
        <Button
          className="button"
          onPress={() => {
            arm.reset()
            clear.mutate()
          }}
        >
          {w.clear}
        </Button>
      </Form>
      <FormProblem problem={arm.error ?? clear.error} />
      {(arm.isSuccess || clear.isSuccess) && (
        <p className="notice good" role="status">
          {arm.isSuccess ? w.armed : w.cleared}
        </p>
      )}
    </>
  )
}

async function localCall(name: 'clock' | 'settle' | 'fault', body: object): Promise<void> {
  const response = await fetch(`/__local/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined)
  if (response?.ok) return
  throw new ApiProblem(response === undefined ? 'OFFLINE' : `HTTP_${response.status}`, response?.status ?? 0, '')
}
