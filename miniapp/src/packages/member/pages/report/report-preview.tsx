import { Image, View } from '@tarojs/components';
import { noPhotoReasons, outcomes } from '@sandan/shared/orders/order.words';
import type { Order } from '../../../../features/orders/order';
import { outcomeNews } from '../../../../features/orders/outcome-words';
import { platform } from '../../../../lib/platform/platform';
import { useMe } from '../../../../lib/session';
import { useKeptPhotos } from '../../../../lib/use-kept-photos';
import { Card } from '../../../../ui/card';
import { Photo } from '../../../../ui/photos';
import { Pressable } from '../../../../ui/pressable';
import { Tag } from '../../../../ui/tags';
import { leadsOn, type ReportFields } from './report-fields';

/** What the person concerned will read, before it is sent. */
export function ReportPreview({ fields, order }: { fields: ReportFields; order: Order }) {
  const me = useMe();
  const { outcome, words, link, linkOn, photoIds, noPhotoReason } = fields;
  if (outcome === null) return null;
  return (
    <>
      <View className="report__hint">报上去以后，提这件事的人会看到：</View>
      <Card>
        <View className="report__news">{`${me?.name ?? ''}${outcomeNews[outcome]}`}</View>
        <Tag colour={outcome === 'solved' ? 'done' : 'working'} words={outcomes[outcome]} />
        <View className="report__words">{words}</View>
        {leadsOn(outcome) && <View className="report__words">{[link, linkOn].filter(Boolean).join('，')}</View>}
        <BeforeAndAfter before={order.photos} photoIds={photoIds} />
        {photoIds.length === 0 && noPhotoReason && (
          <View className="report__hint">{`没有拍照：${noPhotoReasons[noPhotoReason]}`}</View>
        )}
      </Card>
      <View className="report__hint">然后请对方说说：有人联系您吗？办好没有？满意不满意？</View>
    </>
  );
}

/** 办之前 beside 办完后; the rest of the photos below. */
function BeforeAndAfter({ before, photoIds }: { before: Order['photos']; photoIds: readonly string[] }) {
  const addresses = useKeptPhotos(photoIds);
  const after = photoIds.map((id) => addresses[id]).filter((address) => typeof address === 'string');
  const [first, ...others] = after;
  if (first === undefined) return null;
  const [earlier] = before;
  return (
    <>
      <View className="photo-pair">
        {earlier && (
          <View className="photo-pair__half">
            <Photo photo={earlier} label="办之前" among={before} />
            <View className="photo-pair__words">办之前</View>
          </View>
        )}
        <View className="photo-pair__half">
          <KeptPhoto address={first} among={after} label="办完后" />
          <View className="photo-pair__words">办完后</View>
        </View>
      </View>
      {others.length > 0 && (
        <View className="photo-row">
          {others.map((address, index) => (
            <KeptPhoto key={address} address={address} among={after} label={`办完后，照片 ${index + 2}`} />
          ))}
        </View>
      )}
    </>
  );
}

const KeptPhoto = ({ address, among, label }: { address: string; among: readonly string[]; label: string }) => (
  <Pressable className="photo" label={`${label}，点开看大图`} onPress={() => platform.previewPhotos(among, address)}>
    <Image className="photo__image" src={address} mode="aspectFill" />
  </Pressable>
);
