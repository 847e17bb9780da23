/** Entries of the address book while a name is typed. */
import type { AddressPersonView, AddressUnitView, Researcher, UnitInfo } from '../generated/commands'
import { call } from '../platform'

export const findUnits = async (text: string): Promise<AddressUnitView[]> =>
  (await call('address_list', { text, limit: 8 })).units

export const findPeople = async (text: string): Promise<AddressPersonView[]> =>
  (await call('address_list', { text, limit: 8 })).people

/** Everything of a unit, to fill the form with; the list shows it masked. */
export async function fullUnit(entry: AddressUnitView): Promise<UnitInfo> {
  return (await call('address_show', { id: entry.id })).unit?.unit ?? entry.unit
}
export async function fullPerson(entry: AddressPersonView): Promise<Researcher> {
  return (await call('address_show', { id: entry.id })).person?.person ?? entry.person
}

export const unitWords = (entry: AddressUnitView): string =>
  [entry.unit.name, entry.unit.contact, entry.unit.phone].filter(Boolean).join('　')

export const personWords = (entry: AddressPersonView): string =>
  [entry.person.name, entry.person.title, entry.person.unit].filter(Boolean).join('　')
