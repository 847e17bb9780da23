/** Entries of the address book while a name is typed. */
import type { AddressPersonView, AddressUnitView } from '../generated/commands'
import { call } from '../platform'

export const findUnits = async (text: string): Promise<AddressUnitView[]> =>
  (await call('address_list', { text, limit: 8 })).units

export const findPeople = async (text: string): Promise<AddressPersonView[]> =>
  (await call('address_list', { text, limit: 8 })).people

export const unitWords = (entry: AddressUnitView): string =>
  [entry.unit.name, entry.unit.contact, entry.unit.phone].filter(Boolean).join('　')

export const personWords = (entry: AddressPersonView): string =>
  [entry.person.name, entry.person.title, entry.person.unit].filter(Boolean).join('　')
