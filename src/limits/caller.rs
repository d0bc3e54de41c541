//! Who is counted as one caller, and by which address a request came.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use ipnet::IpNet;

/// Who is counted as one. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller(Arc<str>);

impl Caller {
    /// By a name that nobody else has: a token's or a session's.
    pub fn named(name: &str) -> Self {
        Self(name.into())
    }

    /// By an address. Of IPv6, 64 bits are one network, which has one owner.
    pub fn at(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.to_string().into(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)).into()
            }
        })
    }

    /// All those together who are too many to be counted one by one, or who can't be told apart.
    pub fn crowd() -> Self {
        Self::named("")
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// The networks of the proxies that say truly for whom they ask.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Reads addresses and networks.
    ///
    /// # Errors
    /// The one that is neither.
    pub fn parse(texts: &[String]) -> Result<Self, &str> {
        let networks = texts.iter().map(|text| {
            let address = || text.parse::<IpAddr>().map(IpNet::from);
            text.parse().or_else(|_| address()).map_err(|_| text.as_str())
        });
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// The address of the client: the peer's own, or, of a proxy's, the last one in `forwarded` (the values of
    /// `X-Forwarded-For`, joined by commas) that is no proxy's. What stands further to the left may be invented.
    pub fn client(&self, peer: IpAddr, forwarded: &str) -> IpAddr {
        let mut client = peer.to_canonical();
        for said in forwarded.rsplit(',') {
            if !self.has(client) {
                break;
            }
            let Some(address) = address(said.trim()) else { break };
            client = address.to_canonical();
        }
        client
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// An address, maybe with a port, as some proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.parse().ok();
    plain.or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn addresses_of_one_owner_are_one_caller() {
        assert_eq!(Caller::at(at("192.0.2.7")).name(), "192.0.2.7");
        assert_eq!(Caller::at(at("::ffff:192.0.2.7")).name(), "192.0.2.7");
        assert_eq!(Caller::at(at("2001:db8:1:2:3:4:5:6")).name(), "2001:db8:1:2::/64");
        assert_eq!(Caller::at(at("2001:db8:1:2::1")), Caller::at(at("2001:db8:1:2:ffff::")));
    }

    #[test]
    fn only_proxies_are_believed() {
        let proxies = Proxies::parse(&["10.0.0.0/8".to_owned(), "2001:db8::1".to_owned()]).expect("networks");
        for (peer, forwarded, client) in [
            ("198.51.100.1", "192.0.2.7", "198.51.100.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "192.0.2.7", "192.0.2.7"),
            ("::ffff:10.0.0.1", "192.0.2.7:4711", "192.0.2.7"),
            ("2001:db8::1", "invented, 192.0.2.7, 10.2.3.4", "192.0.2.7"),
            ("10.0.0.1", "1.2.3.4, 192.0.2.7", "192.0.2.7"),
            ("10.0.0.1", "192.0.2.7, nonsense", "10.0.0.1"),
        ] {
            assert_eq!(proxies.client(at(peer), forwarded), at(client), "{peer} for {forwarded}");
        }
        assert_eq!(Proxies::default().client(at("10.0.0.1"), "192.0.2.7"), at("10.0.0.1"));
        assert_eq!(Proxies::parse(&["10.0.0.0/33".to_owned()]).expect_err("too many bits"), "10.0.0.0/33");
    }
}
