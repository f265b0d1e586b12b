import {
  commitmentFields,
  commitmentLimits,
  isPersonal,
  type CommitmentKind,
} from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import { dateAfter } from '../../lib/china-instant';
import { useNow } from '../../lib/use-now';
import { Choice, optionsOf } from '../../ui/choice';
import { DateField } from '../../ui/date-fields';
import { Field, Labelled, TextArea } from '../../ui/field';
import { GridChoice } from '../grids/grid-choice';
import type { ContentDraft, ContentErrors } from './content-draft';
import { numberOf } from './number-of';
import { Examples, LiveHints } from './wording-help';
import './content-fields.scss';

interface ContentFieldsProps {
  readonly kind: CommitmentKind;
  readonly fields: ContentDraft;
  readonly errors: ContentErrors & Readonly<Record<string, string | undefined>>;
  /** The last day of the year of promises, 2026-12-31. */
  readonly lastDay: string;
  readonly onChange: (some: Partial<ContentDraft>) => void;
}

/** What exactly, how much, for whom, until when: the questions of 拟诺, and of a change. */
export function ContentFields({ kind, fields, errors, lastDay, onChange }: ContentFieldsProps) {
  const now = useNow();
  return (
    <>
      <Field
        label="答应办件什么事？"
        example="比如：学校弯道装护栏"
        maxLength={commitmentLimits.title}
        value={fields.title}
        error={errors.title}
        onChange={(title) => onChange({ title })}
      />
      <View className="content-fields__what">
        <TextArea
          label="具体怎么做？"
          hint="在哪里，做什么，做到什么样。帮困难户的不写名字。"
          example="比如：6 月底前在学校弯道装 100 米护栏、2 面凸面镜"
          maxLength={commitmentLimits.words}
          value={fields.words}
          error={errors.words}
          onChange={(words) => onChange({ words })}
        />
        <LiveHints
          kind={kind}
          title={fields.title}
          words={fields.words}
          quantity={numberOf(fields.quantity)}
          deadline={fields.deadline}
        />
        <Examples />
      </View>
      <HowMuch fields={fields} errors={errors} onChange={onChange} />
      <DateField
        label="最晚哪天办成？"
        value={fields.deadline}
        from={dateAfter(now, 0)}
        to={lastDay}
        error={errors.deadline}
        onChange={(deadline) => onChange({ deadline })}
      />
      <GridChoice
        label="给哪里的人办？"
        hint="那里的乡亲可以评、可以提异议。"
        to="group"
        wholeVillage
        value={fields.grid}
        error={errors.grid ?? errors['forGridId']}
        onChange={(grid) => onChange({ grid })}
      />
      <Field
        label="给什么样的人？"
        hint="可以不写。不写名字。"
        example="比如：独居老人"
        maxLength={commitmentLimits.forWords}
        value={fields.forWords}
        error={errors.forWords}
        onChange={(forWords) => onChange({ forWords })}
      />
      <Labelled label="属于哪一类？" error={errors.field}>
        <Choice
          label="属于哪一类"
          options={optionsOf(commitmentFields)}
          value={fields.field}
          onChange={(field) => onChange({ field })}
        />
      </Labelled>
      {!isPersonal(kind) && <Money fields={fields} errors={errors} onChange={onChange} />}
    </>
  );
}

type PartProps = Pick<ContentFieldsProps, 'fields' | 'errors' | 'onChange'>;

/** 100 米, 24 次: only of what can be counted. */
const HowMuch = ({ fields, errors, onChange }: PartProps) => (
  <View className="content-fields__pair">
    <Field
      label="做多少？"
      hint="数不清的可以不写"
      example="100"
      kind="digit"
      maxLength={10}
      value={fields.quantity}
      error={errors.quantity}
      onChange={(quantity) => onChange({ quantity })}
    />
    <Field
      label="单位"
      hint="米、盏、户、次"
      example="米"
      maxLength={commitmentLimits.unit}
      value={fields.unit}
      error={errors.unit}
      onChange={(unit) => onChange({ unit })}
    />
  </View>
);

/** An organisation says what it costs and who pays. */
const Money = ({ fields, errors, onChange }: PartProps) => (
  <>
    <Field
      label="要花多少钱？（元）"
      hint="不花钱可以不写"
      kind="digit"
      maxLength={12}
      value={fields.money}
      error={errors.money}
      onChange={(money) => onChange({ money })}
    />
    {fields.money.trim() !== '' && (
      <Field
        label="钱从哪里来？"
        example="比如：村集体收入、县乡补助"
        maxLength={commitmentLimits.moneySource}
        value={fields.moneySource}
        error={errors.moneySource}
        onChange={(moneySource) => onChange({ moneySource })}
      />
    )}
  </>
);
