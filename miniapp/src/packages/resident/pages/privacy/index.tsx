import { useState } from 'react';
import { usePaper } from '../../../../features/commitments/use-paper';
import { call } from '../../../../lib/client';
import { newId } from '../../../../lib/ids';
import { go } from '../../../../lib/navigation';
import type { PrivacyRules } from '../../../../lib/platform/device';
import { platform } from '../../../../lib/platform/platform';
import { useCall } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Labelled } from '../../../../ui/field';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';

/** 隐私与数据: everything a person may do about what is kept of him or her, and a guardian about a child's. */
export default function PrivacyPage() {
  const { data } = useCall('privacy.consents', { query: {} });
  const [childId, setChildId] = useState('');
  const children = data?.children ?? [];
  const child = children.find(({ personId }) => personId === childId) ?? null;
  return (
    <Page title="隐私与数据">
      {children.length > 0 && (
        <Labelled label="看谁的">
          <Choice
            label="看谁的"
            options={[
              { value: '', words: '我自己' },
              ...children.map(({ personId, name }) => ({ value: personId, words: name })),
            ]}
            value={childId}
            onChange={setChildId}
          />
        </Labelled>
      )}
      <Doors of={child === null ? {} : { personId: child.personId }} whose={child?.name ?? '我'} />
    </Page>
  );
}

function Doors({ of, whose }: { of: { personId?: string }; whose: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <Card bare>
      <Row
        icon="shield-check"
        title="您的信息怎么用"
        words="完整的说明，同意过什么，随时可以撤回"
        onPress={() => void go('consents')}
      />
      <Row
        icon="eye"
        title={`谁看过${whose}的信息`}
        words="哪个人、什么时候、为什么看"
        onPress={() => void go('looks', of)}
      />
      <Row icon="download" title={`导出${whose}的信息`} words="存一份自己留着" onPress={() => setAsked(true)} />
      <Row
        icon="pencil"
        title={`更正${whose}的信息`}
        words="登记得不对的，请村里改"
        onPress={() => void go('corrections', of)}
      />
      <Row
        icon="trash-2"
        title={`注销${whose}的账号`}
        words="删掉信息，有几天可以反悔"
        onPress={() => void go('closeAccount', of)}
      />
      {platform.privacy && <InWechat rules={platform.privacy} />}
      {asked && <ExportSheet of={of} onClose={() => setAsked(false)} />}
    </Card>
  );
}

/** What was allowed to WeChat's app is taken back as easily as it was given. */
const InWechat = ({ rules }: { rules: PrivacyRules }) => (
  <>
    <Row
      icon="settings"
      title="麦克风、相册这些开关"
      words="允许过什么，在微信的设置里看，随时能关"
      onPress={() => void rules.openSwitches()}
    />
    <Row icon="file-text" title="《用户隐私保护指引》" words="这个小程序会用到您的哪些信息" onPress={rules.openGuide} />
  </>
);

/** Asked again before it leaves: whoever holds the phone gets everything. */
function ExportSheet({ of, onClose }: { of: { personId?: string }; onClose: () => void }) {
  const paper = usePaper();
  const take = (format: 'pdf' | 'json') =>
    paper.mutate(() => call('privacy.exportMine', { body: { ...of, actionId: newId(), format, sure: true } }), {
      onSuccess: onClose,
      onError: (error) => toast(troubleWords(error)),
    });
  return (
    <Sheet
      title="要导出这些信息吗？"
      open
      onClose={onClose}
      foot={
        <Button look="main" busy={paper.isPending} onPress={() => take('pdf')}>
          导出，看得懂的（PDF）
        </Button>
      }
    >
      里面有姓名、电话、点过的单和收到的消息，请只存在自己的手机上，不要转给别人。一天最多导出 3 次。
      <Button look="text" busy={paper.isPending} onPress={() => take('json')}>
        导出给别的系统用的（JSON）
      </Button>
    </Sheet>
  );
}
