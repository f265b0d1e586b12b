import { Button as Native, Form, Input, View, type BaseEventOrig } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import { aria } from '../../../../ui/aria';
import { Button } from '../../../../ui/button';
import { Field, Labelled } from '../../../../ui/field';
import { troubleWords } from '../../../../ui/trouble';

interface NicknameFormProps {
  readonly nickname: string | null;
  /** null: none. */
  readonly onSave: (nickname: string | null) => Promise<void>;
}

const label = '怎么称呼您';
const longest = 20;

interface Fields {
  readonly nickname: string | null;
}
const untouched: Fields = { nickname: null };

export function NicknameForm({ nickname, onSave }: NicknameFormProps) {
  const { fields, change, clear } = useDraft<Fields>('profile', untouched);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const value = fields.nickname ?? nickname ?? '';
  const save = async (given: string) => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await onSave(given.trim() === '' ? null : given.trim());
      clear();
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(false);
    }
  };
  const boxes = { value, busy, trouble, onChange: (typed: string) => change({ nickname: typed }), onSave: save };
  return process.env.TARO_ENV === 'h5' ? <InBrowser {...boxes} /> : <InWechat {...boxes} />;
}

interface Boxes {
  readonly value: string;
  readonly busy: boolean;
  readonly trouble: string | undefined;
  readonly onChange: (typed: string) => void;
  readonly onSave: (given: string) => Promise<void>;
}

/** WeChat offers the name one has there, and takes one that does not pass its check out of the box: only the form knows it then. */
function InWechat({ value, busy, trouble, onChange, onSave }: Boxes) {
  const submit = ({ detail }: BaseEventOrig<{ value?: Readonly<Record<string, unknown>> }>) =>
    void onSave(String(detail.value?.['nickname'] ?? ''));
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
