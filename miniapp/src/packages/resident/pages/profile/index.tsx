import { View } from '@tarojs/components';
import { Face } from '../../../../features/people/face';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useCall, usePut } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { toast } from '../../../../ui/toast';
import { troubleWords } from '../../../../ui/trouble';
import { FaceChoice } from './face-choice';
import { NicknameForm } from './nickname-form';
import { usePicture } from './use-picture';
import './index.scss';

type Profile = ReplyFrom<'profile.read'>;

/** 头像和昵称: for oneself alone; nobody has to have them, and both are gone with one touch. */
export default function ProfilePage() {
  const query = useCall('profile.read');
  return (
    <Page title="头像和昵称">
      <Await query={query}>{(profile) => <Mine profile={profile} />}</Await>
    </Page>
  );
}

const savedWords = (nickname: string | null): string => (nickname === null ? '昵称去掉了' : '昵称存好了');

function Mine({ profile: { nickname, picture } }: { profile: Profile }) {
  const change = usePut('profile.change');
  const pictureId = picture?.id ?? null;
  const save = async (wished: { nickname: string | null; pictureId: string | null }, done: string) => {
    await change.mutateAsync({ body: wished });
    toast(done);
  };
  const face = usePicture((id) => save({ nickname, pictureId: id }, '头像换好了'));
  const clear = async () => {
    const words = '马上删掉，不留底。以后想要了可以再设。';
    if (!(await confirm({ title: '头像和昵称都不要了吗？', words, yes: '都不要了', no: '留着' }))) return;
    await save({ nickname: null, pictureId: null }, '删掉了').catch((error: unknown) => toast(troubleWords(error)));
  };
  return (
    <>
      <View className="profile__words">
        只有您自己看得到，只显示在“我的”里。办事的人看的是村里登记的姓名，改姓名请走“更正我的信息”。
      </View>
      <Card title="头像">
        <View className="profile__face">
          <Face picture={picture} />
          <FaceChoice busy={face.busy} onChoose={face.take} onRefused={face.refused} />
        </View>
        {face.trouble && <View className="field__error">{face.trouble}</View>}
      </Card>
      <Card title="昵称">
        <NicknameForm nickname={nickname} onSave={(given) => save({ nickname: given, pictureId }, savedWords(given))} />
      </Card>
      {(nickname !== null || picture !== null) && (
        <Button look="text" busy={change.isPending} onPress={() => void clear()}>
          头像和昵称都不要了
        </Button>
      )}
    </>
  );
}
