import { closingReasons, whatGoes, whatStays } from '@sandan/shared/privacy/privacy.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { ActSheet, fieldErrors } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dayWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { confirm } from '../../../../ui/dialog';
import { Labelled, TextArea } from '../../../../ui/field';
import { Row } from '../../../../ui/row';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import type { Person } from './index';

type Closing = ReplyFrom<'privacy.closingOf'>;

/** 注销, for the dead and for whoever asked on paper: old people have no WeChat to do it themselves. */
export function ErasePerson({ person }: { person: Person }) {
  const closing = useCall('privacy.closingOf', { params: { personId: person.personId } });
  return (
    <Card bare title="注销">
      <Await query={closing} rows={1}>
        {(now) => <Stands person={person} closing={now} />}
      </Await>
    </Card>
  );
}

function Stands({ person, closing: { asked, blocks, thinkingDays, allows } }: { person: Person; closing: Closing }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      {asked && <Asked asked={asked} />}
      {allows.includes('keepPerson') && <Keep person={person} />}
      {blocks.map(({ block, words, count }) => (
        <Row key={block} icon="circle-alert" title={`还不能注销：${words}`} words={`${count} 件`} />
      ))}
      {allows.includes('erasePerson') && (
        <Row title="替他注销账号" words="本人去世，或者本人、监护人交了书面申请的。" onPress={() => setAsking(true)} />
      )}
      {asking && <EraseSheet person={person} thinkingDays={thinkingDays} onClose={() => setAsking(false)} />}
    </>
  );
}

function Asked({ asked: { at, dueAt, held, reasonName } }: { asked: NonNullable<Closing['asked']> }) {
  const now = useNow();
  const next = held ? '到了时间，可是还有事没了结；了结了，系统第二天接着办。' : `${dayWords(dueAt, now)}开始删除。`;
  return <Row icon="clock" title={`${dayWords(at, now)}申请了注销（${reasonName}）`} words={next} />;
}

function Keep({ person: { personId, name } }: { person: Person }) {
  const keep = useAct('privacy.keepPerson', { personId });
  const press = async () => {
    const words = `${name}的信息照旧留着，家里人会收到消息。`;
    if (!(await confirm({ title: '取消这次注销吗？', words, yes: '取消注销', no: '不取消' }))) return;
    keep.mutate({}, { onSuccess: () => toast('不注销了，一切照旧'), onError: (error) => toast(troubleWords(error)) });
  };
  return <Row title="取消注销" words="办错了，或者申请人撤回了。" onPress={() => void press()} />;
}

const { own: _byHimself, wechat: _byWechat, ...onPaper } = closingReasons;
type Reason = keyof typeof onPaper;

interface EraseSheetProps {
  readonly person: Person;
  readonly thinkingDays: number;
  readonly onClose: () => void;
}

function EraseSheet({ person: { personId, name }, thinkingDays, onClose }: EraseSheetProps) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [words, setWords] = useState('');
  const erase = useAct('privacy.erasePerson', { personId });
  const send = async () => {
    if (reason === null) return;
    const title = `真的要注销${name}的账号吗？`;
    const what = `${thinkingDays} 天以后开始删除，删了就找不回来。这 ${thinkingDays} 天里可以在这里取消。`;
    if (!(await confirm({ title, words: what, yes: '申请注销', no: '再想想' }))) return;
    const onSuccess = () => {
      toast('申请好了，家里人会收到消息');
      onClose();
    };
    erase.mutate({ reason, words: words.trim() }, { onSuccess });
  };
  return (
    <ActSheet
      title={`替${name}注销账号`}
      yes="申请注销"
      doing={erase}
      unready={reason === null || words.trim() === ''}
      onYes={() => void send()}
      onClose={onClose}
    >
      <Labelled label="为什么？">
        <Choice label="为什么？" options={optionsOf(onPaper)} value={reason} onChange={setReason} />
      </Labelled>
      <TextArea
        label="凭什么办理？"
        hint="例如申请书、死亡证明的日期。不要写身份证号、病情。"
        maxLength={200}
        value={words}
        error={fieldErrors(erase.error)['words']}
        onChange={setWords}
      />
      <View className="admin-what">{`会删掉：${whatGoes.join('；')}。`}</View>
      <View className="admin-what">{`会留下、但看不出是谁的：${whatStays.join('；')}。`}</View>
    </ActSheet>
  );
}
