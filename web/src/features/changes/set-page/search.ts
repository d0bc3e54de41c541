import * as v from 'valibot';
import { place } from '../../../console/address.ts';

export const changeSetSearch = v.object(place);
