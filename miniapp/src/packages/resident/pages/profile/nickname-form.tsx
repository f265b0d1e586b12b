import { Button as Native, Form, Input, View, type BaseEventOrig, type CommonEvent } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { confirm } from '../../../../ui/dialog';
import { Field, Labelled } from '../../../../ui/field';
import { troubleWords } from '../../../../ui/trouble';

interface NicknameFormProps {
  readonly nickname: string | null;
  /** null: none. */
  readonly onSave: (nickname: string | null) => Promise<void>;
}

const label = '怎么称呼您';
const longest = 20;

const noName = { title: '不要昵称了吗？', words: '框里是空的，存下就没有昵称了。', yes: '不要了', no: '留着' };

interface Fields {
  readonly nickname: string | null;
}
const untouched: Fields = { nickname: null };

export function NicknameForm({ nickname, onSave }: NicknameFormProps) {
  const { fields, change, clear } = useDraft<Fields>('profile', untouched);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const value = fields.nickname ?? nickname ?? '';
  const save = async (typed: string) => {
    const given = typed.trim();
    if (given === '' && nickname === null) return setTrouble('请先写下怎么称呼您');
    if (given === '' && !(await confirm(noName))) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await onSave(given === '' ? null : given);
      clear();
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  const boxes = {
    ...{ value, busy, trouble, onSave: save, onTrouble: setTrouble },
    onChange: (typed: string) => {
      change({ nickname: typed });
      if (typed !== '') setTrouble(undefined);
    },
  };
  return process.env.TARO_ENV === 'h5' ? <InBrowser {...boxes} /> : <InWechat {...boxes} />;
}

interface Boxes {
  readonly value: string;
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly onChange: (typed: string) => void;
  readonly onSave: (given: string) => Promise<void>;
  readonly onTrouble: (words: string) => void;
}

const notPassed = '微信没有让这个昵称通过，请换一个';

/**
 * WeChat offers the name one has there, and checks whatever is typed once the box is left: what does not pass it takes out of
 * the box without a word to us but by `onNickNameReview` (since base library 2.29.1), and only the form knows what stands
 * there then. Whoever has not agreed to the privacy guide has a plain box.
 */
function InWechat({ value, busy, trouble, onChange, onSave, onTrouble }: Boxes) {
  const submit = ({ detail }: BaseEventOrig<{ value?: Readonly<Record<string, unknown>> }>) => {
    const given = String(detail.value?.['nickname'] ?? '');
    // Taken out by WeChat, not by the person: the name he has stays.
    if (given.trim() === '' && (value.trim() !== '' || trouble === notPassed)) return onTrouble(notPassed);
    void onSave(given);
  };
  const review = ({ detail }: CommonEvent<{ pass: boolean; timeout: boolean }>) => {
    if (detail.pass || detail.timeout) return;
    onChange(''); // or Taro would put it back into the box
    onTrouble(notPassed);
  };
  return (
    <Form onSubmit={submit}>
      <Labelled label={label} {...(trouble === undefined ? {} : { error: trouble })}>
        <Input
          className="field__box"
          placeholderClass="field__example"
          type="nickname"
          name="nickname"
          value={value}
          maxlength={longest}
          placeholder="比如：王婶"
          onInput={(event) => onChange(event.detail.value)}
          onNickNameReview={review}
          {...aria({ label })}
        />
      </Labelled>
      <View className="profile__save">
        <Native className="pressable button button--main wechat-button" formType="submit" disabled={busy}>
          存下昵称
        </Native>
      </View>
    </Form>
  );
}

const InBrowser = ({ value, busy, trouble, onChange, onSave }: Boxes) => (
  <>
    <Field
      label={label}
      value={value}
      maxLength={longest}
      example="比如：王婶"
      onChange={onChange}
      onDone={() => void onSave(value)}
      {...(trouble === undefined ? {} : { error: trouble })}
    />
    <View className="profile__save">
      <Button look="main" busy={busy} onPress={() => void onSave(value)}>
        存下昵称
      </Button>
    </View>
  </>
);
