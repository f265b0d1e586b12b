import { Image, View } from '@tarojs/components';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/client';
import { aria } from '../../ui/aria';
import { Await } from '../../ui/await';
import { Sheet } from '../../ui/sheet';

/** 门牌码: printed and put up inside the door; whoever lives there scans it to be bound, whoever is away to care. */
export function DoorCode({ householdId, onClose }: { householdId: string; onClose: () => void }) {
  const code = useQuery({
    queryKey: ['door-code', householdId],
    queryFn: () => call('links.code', { params: { what: 'home', thingId: householdId } }),
    gcTime: 0,
  });
  return (
    <Sheet title="门牌码" open onClose={onClose}>
      <Await query={code} rows={1}>
        {({ image }) => (
          <View>
            <Image
              className="households__code"
              src={image}
              mode="aspectFit"
              {...aria({ role: 'img', label: '门牌码' })}
            />
            <View>长按保存后打印，贴在家门里边。家里人扫一扫就能认亲，在外的儿女扫一扫可以申请照看。</View>
          </View>
        )}
      </Await>
    </Sheet>
  );
}
