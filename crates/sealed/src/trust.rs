//! Which cards are admitted.

use crate::{certificate::Certificate, fault::CardFault};

/// What a card is to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To seal and sign.
    Seal,
    /// To open what is sealed for it.
    Receive,
}

/// The cards that were taken in and compared, those that are void, and the authorities.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Cards that somebody took in after comparing their fingerprints.
    pub cards: Vec<Certificate>,
    /// Authorities: what they issued is known.
    pub authorities: Vec<Certificate>,
    /// Fingerprints of cards that are void.
    pub revoked: Vec<String>,
}

impl Trust {
    /// Admits a card for a use at a moment, in seconds since 1970.
    ///
    /// # Errors
    /// [`CardFault`]; void goes before everything else.
    pub fn admit(&self, card: &Certificate, usage: Use, at: u64) -> Result<(), CardFault> {
        if self.revoked.contains(&card.fingerprint()) {
            return Err(CardFault::Revoked);
        }
        let issued = |authority: &&Certificate| {
            card.is_issued_in_name_of(authority) && card.verify_issued_by(authority).is_ok()
        };
        if let Some(authority) = self.authorities.iter().find(issued) {
            if self.revoked.contains(&authority.fingerprint()) {
                return Err(CardFault::Revoked);
            }
        } else if !self.cards.contains(card) {
            return Err(CardFault::Unknown);
        } else if card.is_self_issued() && card.verify_issued_by(card).is_err() {
            return Err(CardFault::Changed);
        }
        let (from, until) = card.validity();
        if at < from {
            return Err(CardFault::NotYet);
        }
        if at > until {
            return Err(CardFault::Expired);
        }
        let made_for_it = match usage {
            Use::Seal => card.may_sign(),
            Use::Receive => card.may_receive(),
        };
        if made_for_it {
            Ok(())
        } else {
            Err(CardFault::Usage)
        }
    }
}
