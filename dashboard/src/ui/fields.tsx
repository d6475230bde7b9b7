/** Fields of forms, labelled, with what was expected where something is wrong. */
import { useId } from 'react'
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'

export function TextInput({
  label,
  value,
  onChange,
  hint,
  type = 'text',
  required = false,
  inputMode,
  pattern,
  maxLength,
  autoFocus = false,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly type?: 'text' | 'date' | 'time' | 'datetime-local' | 'number' | 'month'
  readonly required?: boolean
  readonly inputMode?: 'numeric'
  readonly pattern?: string
  readonly maxLength?: number
  readonly autoFocus?: boolean
}) {
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      type={type as 'text'}
      isRequired={required}
      autoComplete="off"
      {...(pattern === undefined ? {} : { pattern })}
      {...(maxLength === undefined ? {} : { maxLength })}
      {...(inputMode === undefined ? {} : { inputMode })}
      autoFocus={autoFocus}
    >
      <Label>{label}</Label>
      <Input />
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="form-problem" />
    </TextField>
  )
}

/** The browser's own list: it is at home on a phone, and the keyboard knows it. */
export function Choice({
  label,
  value,
  options,
  onChange,
  hint,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [string, string])[]
  readonly onChange: (value: string) => void
  readonly hint?: string
}) {
  const id = useId()
  const hintId = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : hintId}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span id={hintId} className="hint">
          {hint}
        </span>
      )}
    </div>
  )
}
