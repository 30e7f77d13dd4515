<?php
/**
 * All posts, sent in batches.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * Sends every post that readers see, in the order of their ids, some at a time; a run that is cut short goes on
 * where it was.
 */
class Kashshaf_Sync {

	const OPTION  = 'kashshaf_sync';
	const AT_ONCE = 50;
	const LARGEST = 4000000;
	const SECONDS = 20;
	const WAIT    = 15;
	const NEW_RUN = array(
		'after'   => 0,
		'sent'    => 0,
		'running' => true,
		'error'   => '',
	);

	/**
	 * Take up the hook.
	 */
	public static function listen() {
		add_action( 'kashshaf_sync', array( __CLASS__, 'run' ) );
	}

	/**
	 * Begin a run in the background.
	 */
	public static function begin() {
		self::keep( self::NEW_RUN );
		wp_clear_scheduled_hook( 'kashshaf_sync' );
		Kashshaf_Outbox::schedule( 'kashshaf_sync', array(), 0 );
	}

	/**
	 * The run that goes on, or went last.
	 *
	 * @return array{after: int, sent: int, running: bool, error: string}
	 */
	public static function state() {
		$kept = get_option( self::OPTION );
		return array_merge( self::NEW_RUN, array( 'running' => false ), is_array( $kept ) ? $kept : array() );
	}

	/**
	 * Send batches for some seconds, and leave the rest to the next event.
	 */
	public static function run() {
		$end   = time() + self::SECONDS;
		$state = self::state();
		while ( $state['running'] && ! $state['error'] && time() < $end ) {
			$state = self::step( $state );
			self::keep( $state );
		}
		if ( $state['running'] ) {
			wp_schedule_single_event( time() + ( $state['error'] ? self::WAIT : 0 ), 'kashshaf_sync' );
			self::keep( array_merge( $state, array( 'error' => '' ) ), $state['error'] );
		}
	}

	/**
	 * Send the next batch.
	 *
	 * @param array $state The run so far.
	 * @return array The run after it.
	 */
	public static function step( $state ) {
		$posts = self::batch( (int) $state['after'] );
		if ( ! $posts ) {
			$state['running'] = false;
			return $state;
		}
		list( $posts, $articles ) = self::bounded( $posts );

		$answer = Kashshaf_Client::send( $articles );
		if ( is_wp_error( $answer ) ) {
			$state['error'] = $answer->get_error_message();
			return $state;
		}
		Kashshaf_Outbox::keep( $posts, $answer );
		$state['after'] = end( $posts )->ID;
		$state['sent'] += count( $posts );
		return $state;
	}

	/**
	 * The next posts that readers see.
	 *
	 * @param int $after The id of the last that was sent.
	 * @return WP_Post[]
	 */
	private static function batch( $after ) {
		global $wpdb;
		$types = (array) Kashshaf_Settings::get( 'types' );
		if ( ! $types ) {
			return array();
		}
		$marks = implode( ', ', array_fill( 0, count( $types ), '%s' ) );
		// phpcs:disable WordPress.DB -- a cursor over ids, which WP_Query has not; the marks are placeholders.
		$ids = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT ID FROM {$wpdb->posts} WHERE ID > %d AND post_status = 'publish' AND post_password = ''
				AND post_type IN ($marks) ORDER BY ID LIMIT %d",
				array_merge( array( $after ), $types, array( self::AT_ONCE ) )
			)
		);
		// phpcs:enable
		return array_values( array_filter( array_map( 'get_post', $ids ) ) );
	}

	/**
	 * As many posts as one request may have, one at least, and their articles.
	 *
	 * @param WP_Post[] $posts Posts.
	 * @return array{0: WP_Post[], 1: array[]}
	 */
	private static function bounded( $posts ) {
		$articles = array();
		$size     = 0;
		foreach ( $posts as $post ) {
			$article = Kashshaf_Article::of( $post );
			$size   += strlen( (string) wp_json_encode( $article ) );
			if ( $articles && $size > self::LARGEST ) {
				break;
			}
			$articles[] = $article;
		}
		return array( array_slice( $posts, 0, count( $articles ) ), $articles );
	}

	/**
	 * Keep the state of the run.
	 *
	 * @param array  $state The run.
	 * @param string $shown An error to show that does not stop it.
	 */
	private static function keep( $state, $shown = '' ) {
		update_option( self::OPTION, array_merge( $state, array( 'last_error' => $shown ) ), false );
	}
}
