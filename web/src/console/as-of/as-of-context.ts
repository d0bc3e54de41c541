import { createContext, useContext } from 'react';

/** The moment that is looked at; undefined for the present. */
export const AsOfContext = createContext<string | undefined>(undefined);

/** The moment that the whole console shows; undefined if that is the present. */
export const useAsOf = () => useContext(AsOfContext);
